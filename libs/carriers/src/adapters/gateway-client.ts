import { readRetryAfter } from '@assent/platform';
import { Agent, buildConnector, request } from 'undici';
import { Webhook } from 'standardwebhooks';
import type { HandOverFailure } from '../domain/carrier.js';
import { Breaker } from '../domain/breaker.js';
import { failureOf } from '../domain/gateway-answer.js';

const CONNECT_LIMIT_MS = 1_500;
const MOST_AT_ONCE = 32;
const MOST_BODY_BYTES = 8 * 1_024;
const MOST_HEADER_BYTES = 16 * 1_024;

/** What a gateway answered. */
export interface GatewayAnswer {
  failure: HandOverFailure | null;
  retryAfterMs: number | null;
  /** Null where there is none, or none that is JSON of at most 8 KB. */
  body: unknown;
}

/**
 * Posts to a gateway of the operator: signed as Standard Webhooks, following no redirect. Unlike the servers of businesses it
 * may have a private address: the operator, and nobody else, says where it is.
 */
export class GatewayClient {
  private readonly agent = new Agent({
    connect: buildConnector({ timeout: CONNECT_LIMIT_MS }),
    pipelining: 1,
    maxHeaderSize: MOST_HEADER_BYTES,
  });
  private readonly keys: Webhook[];
  private readonly breaker = new Breaker();
  private underWay = 0;

  /** @param secrets `whsec_…`; with two, while one takes over from the other, both sign */
  constructor(
    private readonly url: string,
    secrets: readonly string[],
  ) {
    this.keys = secrets.map((secret) => new Webhook(secret));
  }

  get room(): number {
    return this.breaker.room(MOST_AT_ONCE - this.underWay, performance.now());
  }

  async post(id: string, payload: object, until: AbortSignal): Promise<GatewayAnswer> {
    this.underWay += 1;
    try {
      const answer = await this.exchange(id, JSON.stringify(payload), until);
      if (answer.failure === null || answer.failure === 'REFUSED') this.breaker.worked();
      else this.breaker.failed(performance.now(), answer.retryAfterMs);
      return answer;
    } finally {
      this.underWay -= 1;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy().catch(() => undefined);
  }

  private async exchange(id: string, body: string, signal: AbortSignal): Promise<GatewayAnswer> {
    try {
      const answer = await request(this.url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Assent', ...this.sign(id, body) },
        body,
        signal,
      });
      const { 'retry-after': retryAfter } = answer.headers;
      const failure = failureOf(answer.statusCode);
      return {
        failure,
        retryAfterMs: readRetryAfter(typeof retryAfter === 'string' ? retryAfter : undefined, Date.now()),
        body: await readBody(answer.body),
      };
    } catch {
      return { failure: signal.aborted ? 'TIMED_OUT' : 'UNREACHABLE', retryAfterMs: null, body: null };
    }
  }

  private sign(id: string, body: string): Record<string, string> {
    // Of this process, since gateways compare it with the time of the world.
    const at = new Date();
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': this.keys.map((key) => key.sign(id, at, body)).join(' '),
    };
  }
}

type Body = AsyncIterable<Buffer> & { destroy: () => void };

/** The status has said whether it was taken: a body that is too long, breaks off or is no JSON is as good as none. */
async function readBody(body: Body): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > MOST_BODY_BYTES) {
        body.destroy();
        return null;
      }
      chunks.push(chunk);
    }
    return bytes > 0 ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown) : null;
  } catch {
    return null;
  }
}
