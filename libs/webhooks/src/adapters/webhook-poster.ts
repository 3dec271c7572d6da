import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  Configuration,
  dnsLookup,
  PrivateAddressError,
  publicConnector,
  readRetryAfter,
} from '@assent/platform';
import { Agent, buildConnector, errors, request } from 'undici';
import { type Answer, type AttemptFailure, failureOf } from '../domain/attempt.js';

/** Of a whole exchange, from the look-up of the name to the status of the answer. */
const TIME_LIMIT_MS = 15_000;
const CONNECT_LIMIT_MS = 5_000;
/** The status is all that is wanted: a body is read so far, and for so long, that the connection can be used again. */
const MOST_BODY_BYTES = 16 * 1_024;
const BODY_LIMIT_MS = 1_000;
const MOST_HEADER_BYTES = 16 * 1_024;
const KEEP_ALIVE_MS = 4_000;

/** A signed body on its way to an endpoint. */
export interface Parcel {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Posts to the servers of businesses: to public addresses only, unless the configuration allows private ones for trials;
 * following no redirect, waiting for no answer longer than 15 s, and reading next to nothing of it.
 */
@Injectable()
export class WebhookPoster implements OnApplicationShutdown {
  private readonly agent: Agent;

  constructor(configuration: Configuration) {
    this.agent = new Agent({
      connect: configuration.allowPrivateWebhooks
        ? buildConnector({ timeout: CONNECT_LIMIT_MS })
        : publicConnector(CONNECT_LIMIT_MS, dnsLookup(configuration.settings.DNS_SERVERS)),
      // One request at a time on a connection: none waits behind another's answer.
      pipelining: 1,
      maxHeaderSize: MOST_HEADER_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  /** What became of it; undefined where the process is to stop, and nobody knows. */
  async post(
    { url, headers, body }: Parcel,
    stopping: AbortSignal,
    timeLimitMs = TIME_LIMIT_MS,
  ): Promise<Answer | undefined> {
    const since = performance.now();
    const took = () => Math.round(performance.now() - since);
    try {
      const answer = await request(url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Assent-Webhooks', ...headers },
        body,
        // Of the whole exchange: the limits that undici has are for its parts.
        signal: AbortSignal.any([stopping, AbortSignal.timeout(timeLimitMs)]),
      });
      const durationMs = took();
      // Not waited for: whoever answered with a status has said all that matters.
      void answer.body
        .dump({ limit: MOST_BODY_BYTES, signal: AbortSignal.timeout(BODY_LIMIT_MS) })
        .catch(() => undefined);
      const retryAfter = answer.headers['retry-after'];
      return {
        statusCode: answer.statusCode,
        failure: failureOf(answer.statusCode),
        retryAfterMs: readRetryAfter(typeof retryAfter === 'string' ? retryAfter : undefined, Date.now()),
        durationMs,
      };
    } catch (error) {
      if (stopping.aborted) return undefined;
      return { statusCode: null, failure: describe(error), retryAfterMs: null, durationMs: took() };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy().catch(() => undefined);
  }
}

/** What went wrong, without anything that the other side wrote. */
function describe(error: unknown): AttemptFailure {
  if (error instanceof PrivateAddressError) return 'PRIVATE_ADDRESS';
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return 'NOT_HTTP';
  }
  const { name = '', code = '' } = error as { name?: string; code?: string };
  if (name === 'TimeoutError' || code.includes('TIMEOUT') || code === 'ETIMEDOUT') return 'TIMED_OUT';
  if (/^E(NOTFOUND|NODATA|SERVFAIL|AI_AGAIN|REFUSED|BADNAME|BADRESP)$/.test(code)) return 'NAME_NOT_FOUND';
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)) return 'TLS_FAILED';
  return 'CONNECTION_FAILED';
}
