import type { ApolloServerPlugin } from '@apollo/server';
import type { Tracing } from '../telemetry/tracing/tracing.js';
import { nameOf, outcomeOf } from './request-meters.js';
import type { Audience } from './viewer.js';

/** Codes of errors that are ours. */
const OURS = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', 'ERROR']);

/** Traces what an audience asks: a span for each operation, named by its root field. */
export function operationSpans(audience: Audience, tracing: Tracing): ApolloServerPlugin {
  return {
    requestDidStart: async () => {
      const span = tracing.operation('unreadable', { 'assent.audience': audience });
      return {
        didResolveOperation: async (request) => {
          if (request.operation) span?.rename(nameOf(request.operation));
        },
        willSendResponse: async ({ response: { body } }) => {
          const outcome = outcomeOf(body);
          span?.end({ 'assent.outcome': outcome }, OURS.has(outcome));
        },
      };
    },
  };
}
