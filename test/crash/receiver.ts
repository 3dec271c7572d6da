import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { HookNote } from './checker.js';

/** How a receiver misbehaves; undefined takes the webhook. */
type Trouble = 'slow' | 'error' | 'hang' | 'close early' | 'garbage' | undefined;

const TROUBLES: Trouble[] = ['slow', 'error', 'hang', 'close early', 'garbage'];
const SLOW_MS = 500;

/**
 * The webhook endpoints of all businesses, `/0`, `/1` …, which note what they take. A hostile one is slow, answers 500, hangs,
 * closes early or sends garbage for a share of the events when they come first, and takes them when they come again.
 */
export class HookReceiver {
  readonly notes: HookNote[] = [];
  /** How often each trouble was made. */
  readonly made = new Map<Trouble, number>();
  private readonly seen = new Set<string>();
  private readonly secrets: string[] = [];
  private readonly hanging = new Set<ServerResponse>();
  private readonly server: Server;

  constructor(
    private readonly troubledShare: number,
    private readonly random: () => number,
  ) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('error', () => undefined);
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => this.take(request, response, Buffer.concat(chunks).toString()));
    });
  }

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  trust(business: number, secret: string): void {
    this.secrets[business] = secret;
  }

  async close(): Promise<void> {
    for (const response of this.hanging) response.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(request: IncomingMessage, response: ServerResponse, body: string): void {
    const business = Number(request.url?.slice(1));
    const headers = request.headers as Record<string, string>;
    const id = headers['webhook-id'] ?? '';
    const isNew = !this.seen.has(`${business} ${id}`);
    this.seen.add(`${business} ${id}`);
    const trouble =
      isNew && this.random() < this.troubledShare
        ? TROUBLES[Math.floor(this.random() * TROUBLES.length)]
        : undefined;
    this.made.set(trouble, (this.made.get(trouble) ?? 0) + 1);
    const signature = this.judge(business, body, headers);
    // A slow one takes it in the end; of all others nothing was taken.
    const takes = (trouble === undefined || trouble === 'slow') && signature !== 'of another time';
    if (takes) this.notes.push({ business, id, body, signed: signature === 'good' });
    if (signature === 'of another time') response.writeHead(400).end();
    else if (trouble === undefined) response.writeHead(204).end();
    else if (trouble === 'slow') setTimeout(() => response.writeHead(204).end(), SLOW_MS);
    else if (trouble === 'error') response.writeHead(500).end('{"error":');
    else if (trouble === 'hang') this.hanging.add(response);
    else if (trouble === 'close early') request.socket.destroy();
    else request.socket.end('HTTP/9.9 two hundred\r\n\0\r\n');
  }

  /** By the public package. What a clock that is wrong has signed may have been kept by somebody: nobody takes it. */
  private judge(
    business: number,
    body: string,
    headers: Record<string, string>,
  ): 'good' | 'bad' | 'of another time' {
    try {
      new Webhook(this.secrets[business] ?? '').verify(body, headers);
      return 'good';
    } catch (error) {
      return /timestamp too/.test(String(error)) ? 'of another time' : 'bad';
    }
  }
}
