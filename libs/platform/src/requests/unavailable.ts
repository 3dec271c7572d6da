import { type ArgumentsHost, Catch } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { GraphQLError } from 'graphql';
import { isOutage } from '../database/outage.js';
import type { Reply } from './rate-limited.js';

/** Clients come back spread over so many seconds: a server that has just started is not to meet all of them at once. */
const RETRY_SECONDS = 5;

/**
 * What a client is told where what it asked for hung on a database, or on something else outside of this process, that does
 * not answer. Whether it was done nobody knows: a commit may have been lost on its way, or its answer on the way back.
 */
export function unavailable(): { message: string; retryAt: string; retryAfter: number } {
  const retryAfter = 1 + Math.floor(Math.random() * RETRY_SECONDS);
  return {
    message:
      'Something that is needed for this does not answer just now, so it may or may not have been done. ' +
      'Send the same request again at retryAt, with the same idempotency key.',
    retryAt: new Date(Date.now() + retryAfter * 1_000).toISOString(),
    retryAfter,
  };
}

/** An outage before anything of a request was read: Apollo asks no plugin about it, and takes the status from the error. */
export function unread(outage: Error): GraphQLError {
  const headers = new Map([['retry-after', String(unavailable().retryAfter)]]);
  return new GraphQLError(outage.message, {
    originalError: outage,
    extensions: { http: { status: 503, headers } },
  });
}

/** The same on plain HTTP, as RateLimitedFilter answers there; every other error goes where it would go without it. */
@Catch()
export class UnavailableFilter extends BaseExceptionFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    if (!isOutage(error)) return super.catch(error, host);
    const { retryAfter, ...answer } = unavailable();
    host
      .switchToHttp()
      .getResponse<Reply>()
      .status(503)
      .header('retry-after', String(retryAfter))
      .send({ reason: 'UNAVAILABLE', ...answer });
  }
}
