import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { GraphQLError } from 'graphql';

/** A subject's budget of requests is used up; nothing was done. */
export class RateLimited extends Error {
  constructor(
    /** Earliest time at which the same request would pass. */
    readonly retryAt: Date,
    /** Seconds until then, rounded up. */
    readonly retryAfter: number,
    /** Units that it would take, and units that are left. */
    readonly cost: { requested: number; remaining: number; resetAt: Date },
  ) {
    super(`Too many requests. Try again at ${retryAt.toISOString()}.`);
  }

  /** The same for an answer of GraphQL: status 429 with Retry-After. */
  toGraphQL(): GraphQLError {
    return new GraphQLError(this.message, {
      extensions: {
        code: 'RATE_LIMITED',
        retryAt: this.retryAt.toISOString(),
        cost: this.cost,
        http: { status: 429, headers: new Map([['retry-after', String(this.retryAfter)]]) },
      },
    });
  }
}

/** What a filter needs of the server's reply. */
export interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: object): unknown;
}

/** Answers it on plain HTTP: 429 with Retry-After, and reason, message and retryAt as in GraphQL. */
@Catch(RateLimited)
export class RateLimitedFilter implements ExceptionFilter<RateLimited> {
  catch(error: RateLimited, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error.toGraphQL();
    const reply = host.switchToHttp().getResponse<Reply>();
    reply
      .status(429)
      .header('retry-after', String(error.retryAfter))
      .send({ reason: 'RATE_LIMITED', message: error.message, retryAt: error.retryAt.toISOString() });
  }
}
