import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Pdu } from 'smpp';
import { Breaker } from '../domain/breaker.js';
import type { ComesBack, HandedOver, HandOverFailure, SmsCarrier, SmsParcel } from '../domain/carrier.js';
import { readReceipt } from '../domain/sms-receipt.js';
import { partsOf, type SmsPart } from '../domain/sms-text.js';
import { type SmppAddress, submitFailure, toAddress, toNumber } from '../domain/smpp-status.js';
import { type LinkOptions, SmppLink } from './smpp-link.js';

export interface SmppOptions extends LinkOptions {
  /** What texts come from: an international number, a short code, or a name. */
  sender: string;
  /** Most short messages a second, and most that are not answered yet. */
  perSecond: number;
  window: number;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const UDH_INDICATOR = 0x40;
const RECEIPT = 0x04;
const MESSAGE_TYPE = 0x3c;
/** After six hours nobody wants it any more. */
const VALIDITY = '060000';

/**
 * Texts by SMPP 3.4. It connects again for as long as the process lives; while it is not connected it has no room, so what
 * waits uses up no tries. An SMSC knows nothing of what came before: what may have been taken is never sent again.
 */
export class SmppCarrier implements SmsCarrier {
  readonly knowsRepeats = false;
  readonly mostCharacters = 670;
  private readonly from: SmppAddress;
  private readonly breaker = new Breaker();
  private readonly closing = new AbortController();
  private link: SmppLink | undefined;
  private living: Promise<void> | undefined;
  private underWay = 0;
  /** When the next short message may leave. */
  private nextAt = 0;

  constructor(
    private readonly options: SmppOptions,
    private readonly log: Logger,
  ) {
    this.from = toAddress(options.sender);
  }

  get room(): number {
    const { window } = this.options;
    return this.link ? this.breaker.room(window - this.underWay, performance.now()) : 0;
  }

  open(comesBack: ComesBack): void {
    this.living ??= this.stayConnected(comesBack);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.link?.close();
    await this.living;
  }

  async handOver({ id, to, text, partsSent }: SmsParcel, until: AbortSignal): Promise<HandedOver> {
    const references: string[] = [];
    this.underWay += 1;
    try {
      for (const part of partsOf(text, referenceOf(id)).slice(partsSent)) {
        const { failure, reference } = await this.submit(to, part, until);
        if (failure !== null) return { failure, references, retryAfterMs: null };
        references.push(reference);
      }
      return { failure: null, references, retryAfterMs: null };
    } finally {
      this.underWay -= 1;
    }
  }

  private async submit(
    to: string,
    { dataCoding, header, body }: SmsPart,
    until: AbortSignal,
    wantsReceipt = true,
  ): Promise<{ failure: HandOverFailure | null; reference: string }> {
    if (!(await this.turn(until)) || !this.link) return { failure: 'BUSY', reference: '' };
    const dest = toAddress(to);
    const answered = await this.link.send(
      'submit_sm',
      {
        source_addr: this.from.address,
        source_addr_ton: this.from.ton,
        source_addr_npi: this.from.npi,
        destination_addr: dest.address,
        dest_addr_ton: dest.ton,
        dest_addr_npi: dest.npi,
        esm_class: header ? UDH_INDICATOR : 0,
        registered_delivery: wantsReceipt ? 1 : 0,
        validity_period: VALIDITY,
        data_coding: dataCoding,
        short_message: header ? Buffer.concat([header, body]) : body,
      },
      until,
    );
    if (answered === 'NOT_SENT') return { failure: 'UNREACHABLE', reference: '' };
    if (answered === 'NEVER_ANSWERED') return { failure: 'TIMED_OUT', reference: '' };
    const failure = submitFailure(answered.status);
    if (failure === null || failure === 'REFUSED') this.breaker.worked();
    else this.breaker.failed(performance.now(), failure === 'BUSY' ? SHORTEST_PAUSE_MS : null);
    return { failure, reference: answered.messageId };
  }

  /** Waits until one more short message may leave. @returns false where that is later than `until` */
  private async turn(until: AbortSignal): Promise<boolean> {
    const now = performance.now();
    const at = Math.max(this.nextAt, now);
    this.nextAt = at + 1_000 / this.options.perSecond;
    if (at > now) await wait(at - now, undefined, { signal: until }).catch(() => undefined);
    return !until.aborted;
  }

  private async stayConnected(comesBack: ComesBack): Promise<void> {
    const { signal } = this.closing;
    let pause = SHORTEST_PAUSE_MS;
    const isClosing = () => signal.aborted;
    while (!isClosing()) {
      const lost = new AbortController();
      try {
        this.link = await SmppLink.bind(
          this.options,
          (pdu) => this.heed(pdu, comesBack),
          () => lost.abort(),
        );
        pause = SHORTEST_PAUSE_MS;
        if (isClosing()) await this.link.close();
        if (!lost.signal.aborted) await once(lost.signal, 'abort');
        if (!isClosing()) this.log.warn('The connection to the SMSC was lost');
      } catch (error) {
        this.log.warn({ err: error }, 'The SMSC can not be used; trying again');
      }
      this.link = undefined;
      await wait(pause * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Receipts, and what people write. Neither is logged: both hold numbers. */
  private async heed(pdu: Pdu, comesBack: ComesBack): Promise<void> {
    const message = pdu.short_message?.message.length ? pdu.short_message : pdu.message_payload;
    // Bytes of an alphabet that nobody can read say nothing.
    const text = typeof message?.message === 'string' ? message.message : '';
    if (((pdu.esm_class ?? 0) & MESSAGE_TYPE) === RECEIPT) {
      const { receipted_message_id: receiptedMessageId, message_state: messageState } = pdu;
      const receipt = readReceipt({ receiptedMessageId, messageState, text });
      if (receipt) await comesBack.receipt(receipt);
      return;
    }
    const { source_addr: address = '', source_addr_ton: ton = 0, source_addr_npi: npi = 0 } = pdu;
    const from = toNumber({ address, ton, npi });
    if (from === undefined || text === '') return;
    const reply = await comesBack.text(from, text);
    if (reply !== null) await this.reply(from, reply);
  }

  /** A confirmation that is lost is not sent again: what it confirms holds, and stands in the app. */
  private async reply(to: string, text: string): Promise<void> {
    const until = AbortSignal.timeout(2_000);
    for (const part of partsOf(text, Math.floor(Math.random() * 256))) {
      const { failure } = await this.submit(to, part, until, false);
      if (failure !== null) return;
    }
  }
}

/** The same for the same text each time, so that a phone joins what was sent in two tries. */
function referenceOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt8(0);
}
