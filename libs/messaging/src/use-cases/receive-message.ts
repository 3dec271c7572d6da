import { Injectable } from '@nestjs/common';
import { Database, Hints, KeyRing, type Transaction, uuid7 } from '@assent/platform';
import { judgeWriting } from '../domain/writing.js';
import { ContentVault } from '../persistence/content-vault.js';
import {
  InboundStore,
  type KeyHashes,
  type Writer,
  type WritingAnswer,
} from '../persistence/inbound.store.js';

/** What a person wrote to a business, whichever way it came. */
export interface Writing {
  businessId: string;
  text: string;
  /** The writer's own key: what comes again under it is answered as before. */
  idempotencyKey: string;
}

/** What became of it. */
export interface Received {
  answer: WritingAnswer;
  /** The key was used before: this is the answer of then, and nothing was done now. */
  replayed: boolean;
}

/** Takes what a person writes to a business into their conversation: load, decide, record in one transaction. */
@Injectable()
export class ReceiveMessage {
  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
    private readonly hints: Hints,
    private readonly store: InboundStore,
    private readonly vault: ContentVault,
  ) {}

  /** The text must be one that `isMessageText` holds for, and the business one that there is. */
  async execute(writer: Writer, writing: Writing): Promise<Received> {
    const hashes = this.hashesOf(writer, writing);
    const received = await this.database.transaction({ role: 'engine' }, (tx) =>
      this.receive(tx, writer, writing, hashes),
    );
    if (received.answer.taken && !received.replayed) this.hints.send([`business:${writing.businessId}`]);
    return received;
  }

  private async receive(
    tx: Transaction,
    writer: Writer,
    { businessId, text }: Writing,
    hashes: KeyHashes,
  ): Promise<Received> {
    const { facts, contact, lastSeq, earlier } = await this.store.lockAndLoad(
      tx,
      writer,
      businessId,
      hashes.key,
    );
    if (earlier && !earlier.bodyHash.equals(hashes.body)) {
      return { answer: { taken: false, reason: 'IDEMPOTENCY_CONFLICT', retryAt: null }, replayed: false };
    }
    if (earlier) return { answer: earlier.answer, replayed: true };

    const decision = judgeWriting(facts);
    if (decision.outcome === 'REFUSED') {
      const answer = { taken: false, reason: decision.reason, retryAt: decision.retryAt } as const;
      await this.store.keep(tx, facts.now, hashes, answer);
      return { answer, replayed: false };
    }
    const owner = contact ?? (await this.store.begin(tx, writer, businessId, facts.now));
    const id = uuid7(facts.now.getTime(), writer.lane);
    const message = {
      id,
      contactId: owner.contactId,
      businessId,
      seq: lastSeq + 1,
      content: this.vault.seal(owner, id, text),
      writeTat: decision.writeTat,
    };
    await this.store.record(tx, writer, facts.now, message, hashes);
    return { answer: { taken: true, messageId: id, at: facts.now }, replayed: false };
  }

  /** Both keyed, and of a person, so that no key of a business can ever be the same. */
  private hashesOf({ personId }: Writer, { businessId, text, idempotencyKey }: Writing): KeyHashes {
    return {
      key: this.keys.mac('idempotency', `person:${personId}\n${idempotencyKey}`, 1),
      body: this.keys.mac('idempotency-body', `${businessId}\n${text}`, 1),
    };
  }
}
