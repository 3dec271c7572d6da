/** People's apps that follow their inbox by a subscription. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { platform } from './platform.ts';

const FOLLOW = 'subscription { inboxMessages { cursor } }';
const PATIENCE_MS = 60_000;

export class Devices {
  private readonly clients: Client[] = [];
  private readonly tokens: readonly string[];
  private seen = 0;
  /** When messages were sent whose event is still to come, in order, by who follows. */
  private readonly pending = new Map<number, number[]>();
  private readonly measured: number[] = [];

  private constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  /** Resolves when all of them are connected. */
  static async follow(url: string, tokens: readonly string[]): Promise<Devices> {
    const devices = new Devices(tokens);
    await Promise.all(tokens.map((token, nr) => devices.connect(url, token, nr)));
    await wait(500); // a subscription is not answered before its first event
    return devices;
  }

  /** As the directory of sessions knows their tokens. */
  hashes(ring: string): Buffer[] {
    const keys = platform.KeyRing.parse(ring);
    return this.tokens.map((token) => platform.hashSecret(keys, token));
  }

  /** Resolves when so many events have come in all. @throws when they do not come */
  async haveSeen(messages: number): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; this.seen < messages; await wait(50))
      if (performance.now() > end)
        throw new Error(`Devices saw ${this.seen} of ${messages} messages that are visible to them`);
  }

  /** Sends a message to one of them, and times it until its event. */
  async time(nr: number, send: () => Promise<void>): Promise<void> {
    const pending = this.pending.get(nr) ?? [];
    this.pending.set(nr, pending);
    pending.push(performance.now());
    await send();
  }

  /** Milliseconds of all messages that were timed, once their events have come. */
  async times(): Promise<number[]> {
    const left = () => [...this.pending.values()].some(({ length }) => length > 0);
    for (const end = performance.now() + PATIENCE_MS; left(); await wait(20))
      if (performance.now() > end) throw new Error('Not all messages reached their device');
    return this.measured;
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.dispose();
  }

  private connect(url: string, token: string, nr: number): Promise<void> {
    const client = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      lazy: false,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    this.clients.push(client);
    return new Promise((resolve, reject) => {
      client.on('connected', () => {
        resolve();
      });
      client.subscribe(
        { query: FOLLOW },
        {
          next: () => {
            this.seen++;
            const sent = this.pending.get(nr)?.shift();
            if (sent !== undefined) this.measured.push(performance.now() - sent);
          },
          error: (error) => {
            reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
          },
          complete: () => undefined,
        },
      );
    });
  }
}
