import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { Counter, Histogram, SECONDS } from '../telemetry/meters.js';
import type { Audience } from './viewer.js';

const requests = new Counter('assent_requests_total', 'GraphQL requests that were answered.', [
  'audience',
  'operation',
  'outcome',
]);
const durations = new Histogram(
  'assent_request_seconds',
  'How long GraphQL requests took, from the parsed body to the answer.',
  ['audience', 'operation'],
  SECONDS,
);

const AUDIENCES: ReadonlySet<string> = new Set<Audience>(['business', 'person', 'admin']);

/** Counts and times what an audience asks: by the root field, and by the code of the first error. */
export function requestMeters(audience: Audience): ApolloServerPlugin {
  return {
    requestDidStart: async () => {
      const since = performance.now();
      let operation = 'unreadable';
      return {
        didResolveOperation: async (request) => {
          if (request.operation) operation = nameOf(request.operation);
        },
        willSendResponse: async ({ response: { body } }) => {
          requests.add(1, audience, operation, outcomeOf(body));
          durations.observe((performance.now() - since) / 1_000, audience, operation);
        },
      };
    },
  };
}

/** Counts a request that was refused before anybody read it. */
export function countRefused(path: string, code: string): void {
  requests.add(1, AUDIENCES.has(path) ? path : 'other', 'unread', code);
}

/** The code of the first error, as the client is told it: an outage is one only there. */
export function outcomeOf(body: GraphQLResponse['body']): string {
  const { errors } = body.kind === 'single' ? body.singleResult : body.initialResult;
  const code = errors?.[0]?.extensions?.['code'];
  if (typeof code === 'string') return code;
  return errors?.length ? 'ERROR' : 'ok';
}

/** A root field of the schema, since the document is valid. Names that clients choose are none of a meter's business. */
export function nameOf({ operation, selectionSet: { selections } }: OperationDefinitionNode): string {
  const [first] = selections;
  if (selections.length !== 1 || first?.kind !== Kind.FIELD) return `${operation} several`;
  return `${operation} ${first.name.value}`;
}
