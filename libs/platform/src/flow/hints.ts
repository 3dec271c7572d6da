import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { Logger } from 'pino';

const CHANNEL = 'assent_hint';
const FLUSH_MS = 10;
/** NOTIFY carries at most 8,000 bytes. */
const MOST_BYTES = 7_500;
const RECONNECT_MS = 1_000;

/** What a hint is about: `queue`, `stops`, `consent-log`, `exports`, `imports`, `webhooks`, `test-turns`, `hand-offs`, `person:<uuid>` or `business:<uuid>`. */
export type Topic =
  | 'queue'
  | 'stops'
  | 'consent-log'
  | 'exports'
  | 'imports'
  | 'webhooks'
  | 'test-turns'
  | 'hand-offs'
  | `person:${string}`
  | `business:${string}`;

/**
 * Wake-ups between processes: "look, there may be something new". They carry ids only, are sent outside of the
 * transactions they follow (NOTIFY inside one makes commits queue up), several in one statement, and may be lost:
 * whoever waits for one polls as well.
 */
export class Hints {
  private readonly local = new EventEmitter().setMaxListeners(0);
  private readonly outgoing = new Set<Topic>();
  private timer: NodeJS.Timeout | undefined;
  private client: pg.Client | undefined;
  private readonly closing = new AbortController();

  /** @param url where to LISTEN and NOTIFY; undefined behind a transaction pooler: hints then stay in this process */
  constructor(
    private readonly url: string | undefined,
    private readonly log: Logger,
  ) {}

  /** Whether the process is about to end: who follows something ends as well. */
  get closed(): boolean {
    return this.closing.signal.aborted;
  }

  /** Starts to listen to other processes; tries again for as long as the database can not be reached. */
  async start(): Promise<void> {
    if (!this.url || this.closed) return;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'assent-hints',
      keepAlive: true,
      pipeline: true, // a NOTIFY may follow another one that is not answered yet
    });
    client.on('notification', ({ payload }) => {
      for (const topic of payload?.split(',') ?? []) this.local.emit(topic);
    });
    // After a lost connection both handlers may fire; only the first one counts.
    const lost = () => {
      if (this.client !== client) return;
      this.client = undefined;
      client.removeAllListeners();
      client.on('error', () => undefined);
      void client.end().catch(() => undefined);
      if (!this.closed) setTimeout(() => void this.start(), RECONNECT_MS).unref();
    };
    client.on('error', lost);
    client.on('end', lost);
    this.client = client;
    try {
      await client.connect();
      // A hint may be lost, so none is worth a write of the disk, which all others would wait for.
      await client.query('SET synchronous_commit = off');
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      this.log.warn({ err: error }, 'Hints can not reach the database; polling goes on');
      lost();
    }
  }

  /** Wakes who waits for these topics, here at once and in other processes within some 10 ms. */
  send(topics: Iterable<Topic>): void {
    for (const topic of topics) {
      this.local.emit(topic);
      if (this.url) this.outgoing.add(topic);
    }
    if (this.outgoing.size > 0) this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Calls `heard` at each hint on a topic, for as long as the process lives. */
  each(topic: Topic, heard: () => void): void {
    this.local.on(topic, heard);
  }

  /** Resolves at the next hint on a topic, after `timeoutMs`, when `until` aborts, or when the process is to end. */
  next(topic: Topic, timeoutMs: number, until?: AbortSignal): Promise<void> {
    const signal = until ? AbortSignal.any([until, this.closing.signal]) : this.closing.signal;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.local.off(topic, done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.local.on(topic, done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  /** Wakes everybody for good. */
  close(): void {
    this.closing.abort();
  }

  async stop(): Promise<void> {
    this.close();
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    client?.removeAllListeners('end');
    await client?.end().catch(() => undefined);
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    const topics = [...this.outgoing];
    this.outgoing.clear();
    const payloads: string[] = [];
    for (const topic of topics) {
      const last = payloads.at(-1);
      if (last !== undefined && last.length + topic.length < MOST_BYTES)
        payloads[payloads.length - 1] = `${last},${topic}`;
      else payloads.push(topic);
    }
    try {
      await this.client?.query({
        name: 'hint',
        text: `SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`,
        values: [payloads],
      });
    } catch {
      // Lost, as hints may be.
    }
  }
}
