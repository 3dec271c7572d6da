import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { until } from './until.js';

/** What an SMSC does with the texts that it is given. */
export type SmscMode =
  'take' | 'throttle' | 'throttle second' | 'refuse' | 'silent' | 'drop' | 'early' | 'linger';

/** A short message as it reached the SMSC. */
export interface Submitted {
  id: string;
  /** When it came, and when it was answered if it was, in milliseconds of `process.hrtime`. */
  at: number;
  answeredAt?: number;
  from: string;
  to: string;
  /** `data_coding`. */
  coding: number;
  wantsReceipt: boolean;
  /** The element of the header that says which part it is; null: it is the whole. */
  udh: string | null;
  text: string;
}

/** A key and its certificate, in PEM. */
export interface SmscIdentity {
  key: string;
  cert: string;
}

/** A real SMPP server, in a process of its own. */
export class Smsc implements AsyncDisposable {
  readonly submitted: Submitted[] = [];
  /** What else happened, in order: bind, enquire, closed. */
  readonly happened: { kind: string; welcome?: boolean }[] = [];
  private readonly answers = new EventEmitter();
  private orders = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    private readonly identity: SmscIdentity | undefined,
  ) {
    child.on('message', (message: any) => {
      if (message.kind === 'submit') this.submitted.push(message);
      else if (message.kind === 'answered') this.answered(message);
      else if (message.kind === 'done') this.answers.emit(String(message.nr), message.result);
      else this.happened.push(message);
    });
  }

  /**
   * @param port by default any that is free
   * @param identity who it says that it is by TLS; without it nothing is encrypted
   */
  static async start(port = 0, identity?: SmscIdentity): Promise<Smsc> {
    const child = fork('test/support/smsc.mjs', [JSON.stringify({ port, ...identity })], { execArgv: [] });
    const [listening] = (await once(child, 'message')) as [{ port: number }];
    return new Smsc(child, listening.port, identity);
  }

  get url(): string {
    return this.identity
      ? `smpps://assent:secret@localhost:${this.port}`
      : `smpp://assent:secret@127.0.0.1:${this.port}`;
  }

  /** What it does from now on. @param longestMs how long an answer takes at most when it lingers */
  mode(mode: SmscMode, longestMs = 0): Promise<unknown> {
    return this.order({ kind: 'mode', mode, longestMs });
  }

  /** Delivers a receipt. @returns the platform's answer, `command_status` */
  receipt(id: string, stat: string, to: string): Promise<unknown> {
    return this.order({ kind: 'receipt', id, stat, to: to.slice(1) });
  }

  /** Delivers what somebody wrote. @returns the platform's answer, `command_status` */
  text(from: string, text: string): Promise<unknown> {
    return this.order({ kind: 'text', from: from.slice(1), text });
  }

  /** Ends the connections without a word. */
  hangUp(): Promise<unknown> {
    return this.order({ kind: 'hang up' });
  }

  /** Waits until so many short messages have come. */
  async got(count: number): Promise<Submitted[]> {
    await until(`${count} short messages came`, async () => this.submitted.length >= count);
    return this.submitted;
  }

  /** Waits until something has happened so often. */
  async saw(kind: string, times = 1): Promise<void> {
    await until(
      `${kind} happened ${times} times`,
      async () => this.happened.filter((one) => one.kind === kind).length >= times,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  private answered({ id, at }: { id: string; at: number }): void {
    const one = this.submitted.find((submitted) => submitted.id === id);
    if (one) one.answeredAt = at;
  }

  private async order(order: object): Promise<unknown> {
    const nr = ++this.orders;
    const answer = once(this.answers, String(nr));
    this.child.send({ ...order, nr });
    return ((await answer) as unknown[])[0];
  }
}
