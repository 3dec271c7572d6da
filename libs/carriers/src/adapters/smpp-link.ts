import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type smppPackage from 'smpp';
import type { Pdu, Session } from 'smpp';

/** What an SMSC said to something, or that nobody will ever know. */
export type Answered = { status: number; messageId: string } | 'NOT_SENT' | 'NEVER_ANSWERED';

export interface LinkOptions {
  host: string;
  port: number;
  tls: boolean;
  /** Certificates, in PEM, of those who may vouch for the SMSC; without it those that come with Node.js. */
  ca: string | undefined;
  systemId: string;
  password: string;
  /** Between two looks whether the SMSC is still there. */
  enquireMs: number;
}

const BIND_LIMIT_MS = 10_000;
const ENQUIRE_LIMIT_MS = 10_000;
const BIND_VERSION = 0x34;
const TEMPORARY = 0x64;

/**
 * One connection to an SMSC, bound as transceiver: what is sent gets its answer, or none for good once the connection is
 * lost; what the SMSC delivers is answered when it is heeded.
 */
export class SmppLink {
  private readonly pending = new Set<(answered: Answered) => void>();
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  private constructor(
    private readonly smpp: typeof smppPackage,
    private readonly session: Session,
    /** The connection itself, below what encrypts it. */
    private readonly wire: Socket,
    private readonly deliver: (pdu: Pdu) => Promise<void>,
    /** Told once, when the connection is no more. */
    private readonly lost: () => void,
  ) {
    session.on('close', () => this.end());
    // Whatever it is, the connection can not be trusted any more.
    session.on('error', () => this.reset());
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('deliver_sm', (pdu: Pdu) => void this.heed(pdu));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
  }

  /** Connects and binds. @throws where the SMSC can not be reached or does not let us in */
  static async bind(
    options: LinkOptions,
    deliver: (pdu: Pdu) => Promise<void>,
    lost: () => void,
  ): Promise<SmppLink> {
    const { tls, systemId, password, enquireMs } = options;
    // Loaded only where it is used.
    const { default: smpp } = await import('smpp');
    const { wire, socket } = dial(options);
    let cause = 'it does not answer';
    socket.once('error', ({ message }) => (cause = message));
    let bound = false;
    const link = new SmppLink(smpp, smpp.connect({ socket }), wire, deliver, () => bound && lost());
    const answered = await new Promise<Answered>((resolve) => {
      link.pending.add(resolve);
      const timer = setTimeout(() => link.reset(), BIND_LIMIT_MS);
      socket.once('close', () => clearTimeout(timer));
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        void link
          .send('bind_transceiver', { system_id: systemId, password, interface_version: BIND_VERSION })
          .then((answer) => {
            clearTimeout(timer);
            link.pending.delete(resolve);
            resolve(answer);
          });
      });
    });
    if (typeof answered === 'string' || answered.status !== 0) {
      link.reset();
      throw new Error(
        typeof answered === 'string'
          ? `The SMSC can not be reached: ${cause}`
          : `The SMSC did not let us in: status ${answered.status}`,
      );
    }
    bound = true;
    link.timer = setInterval(() => void link.enquire(), enquireMs);
    return link;
  }

  /** Sends a request. When `until` aborts before its answer is there the connection is reset, so that nothing more leaves. */
  send(command: string, fields: Record<string, unknown>, until?: AbortSignal): Promise<Answered> {
    if (this.ended || until?.aborted) return Promise.resolve('NOT_SENT');
    return new Promise((resolve) => {
      const done = (answered: Answered) => {
        this.pending.delete(done);
        until?.removeEventListener('abort', reset);
        resolve(answered);
      };
      const reset = () => this.reset();
      this.pending.add(done);
      until?.addEventListener('abort', reset);
      const sent = this.session.send(new this.smpp.PDU(command, fields), (answer) =>
        done({ status: answer.command_status, messageId: answer.message_id ?? '' }),
      );
      if (!sent) done('NOT_SENT');
    });
  }

  /** Takes leave of the SMSC, for half a second at most. */
  async close(): Promise<void> {
    await this.send('unbind', {}, AbortSignal.timeout(500));
    this.reset();
  }

  /** Ends the connection at once, without what has not left yet. */
  private reset(): void {
    const { wire } = this;
    // Only the wire itself can be reset: after a mere end the system would go on sending what it holds.
    if (wire.connecting || wire.destroyed) this.session.destroy();
    else wire.resetAndDestroy();
    this.end();
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.timer);
    for (const done of [...this.pending]) done('NEVER_ANSWERED');
    this.pending.clear();
    this.lost();
  }

  private async enquire(): Promise<void> {
    await this.send('enquire_link', {}, AbortSignal.timeout(ENQUIRE_LIMIT_MS));
  }

  private async heed(pdu: Pdu): Promise<void> {
    try {
      await this.deliver(pdu);
      this.session.send(pdu.response());
    } catch {
      // The SMSC keeps it and delivers it again.
      this.session.send(pdu.response({ command_status: TEMPORARY }));
    }
  }
}

/** Begins to connect. By TLS the SMSC is believed only where a certificate that is vouched for has the name of its host. */
function dial({ host, port, tls, ca }: LinkOptions): { wire: Socket; socket: Socket } {
  const wire = connect({ host, port });
  if (!tls) return { wire, socket: wire };
  // An address is checked too, but is no name that a server could be asked for.
  const servername = isIP(host) === 0 ? { servername: host } : {};
  return { wire, socket: connectSecurely({ socket: wire, host, ca, ...servername }) };
}
