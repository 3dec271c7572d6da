import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { isOutage } from '../database/outage.js';
import { BadInputError } from '../errors/bad-input.js';
import { unavailable } from '../requests/unavailable.js';
import type { Walls } from './walls.js';

/** What graphql-js says last, without a code, where it finds more than 50 errors in variables. */
const TOO_MANY_ERRORS = 'Too many errors processing variables, error limit reached. Execution aborted.';

/** What a client may see of an error: its own mistakes in full, ours only by an id that also stands in the log. */
export function formatError(log: Logger, walls: Walls) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(thrown);
    const outage = cause instanceof GraphQLError ? cause.originalError : cause;
    const tooLong = walls.tooLong(formatted);
    if (tooLong) {
      const { http: _, ...extensions } = tooLong.extensions;
      return { message: tooLong.message, extensions };
    }
    const where = { locations: formatted.locations, path: formatted.path };
    if (cause instanceof BadInputError) {
      return { ...where, message: cause.message, extensions: { code: 'BAD_INPUT', faults: cause.faults } };
    }
    // The parser, the validator and our guard throw GraphQLErrors; anything else was not meant for a client.
    if (
      cause instanceof GraphQLError &&
      !(cause.originalError && !(cause.originalError instanceof GraphQLError))
    ) {
      if (formatted.message === TOO_MANY_ERRORS) {
        return { ...where, message: TOO_MANY_ERRORS, extensions: { code: 'BAD_USER_INPUT' } };
      }
      const { code } = formatted.extensions ?? {};
      if (code !== 'INTERNAL_SERVER_ERROR') {
        const { stacktrace: _, http: __, ...extensions } = formatted.extensions ?? {};
        return { ...where, message: formatted.message, extensions };
      }
    }
    const errorId = randomUUID();
    log.error(
      { errorId, path: formatted.path, err: cause instanceof Error ? cause : { type: typeof cause } },
      'An operation failed unexpectedly',
    );
    if (isOutage(outage)) {
      const { message, retryAt } = unavailable();
      return { ...where, message, extensions: { code: 'UNAVAILABLE', retryAt, errorId } };
    }
    return {
      ...where,
      message: `Something went wrong here. Quote ${errorId} when you report it.`,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    };
  };
}
