import type { IncomingMessage } from 'node:http';
import {
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Context, ServerOptions, SubscribePayload } from 'graphql-ws';
import type { Configuration } from '../configuration/configuration.js';
import { RateLimited } from '../requests/rate-limited.js';
import type { Metering } from './metering.js';
import type { RequestContext } from './viewer.js';
import type { Walls } from './walls.js';

/** What one WebSocket message may hold: a subscription and its variables. */
export const MOST_MESSAGE_BYTES = 256 * 1024;
/** RFC 6455: try again later. */
const TRY_AGAIN_LATER = 1013;
const OPEN = 1;

/** Options of Nest's `graphql-ws` endpoint. */
export type Subscriptions = ServerOptions<Record<string, unknown>> & { path: string };

/** What `graphql-ws` keeps beside a connection. */
interface Extra {
  socket?: { readyState: number; close(code: number, reason: string): void };
  request?: IncomingMessage;
}

type Connection = Context<Record<string, unknown>>;

/** What the endpoint of one audience needs to know. */
export interface SubscriptionSetting {
  path: string;
  configuration: Configuration;
  walls: Walls;
  metering: Metering;
  schema: () => GraphQLSchema;
  contextOf(authorization: unknown, request: IncomingMessage | undefined): Promise<RequestContext>;
  mask(errors: readonly GraphQLError[]): GraphQLError[];
}

/**
 * The WebSocket endpoint of an audience: the same walls and the same cost as over HTTP for each operation when it begins,
 * and a bound on connections of a viewer to this process and on what runs on each.
 */
export function subscriptionsOf(setting: SubscriptionSetting): Subscriptions {
  const { path, configuration, walls, metering } = setting;
  const { SUBSCRIPTION_CONNECTIONS, SUBSCRIPTIONS_PER_CONNECTION } = configuration.settings;
  const rules = configuration.introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const connections = new Map<string, number>();
  const counted = new WeakMap<Connection, string>();

  const contextOfConnection = ({ connectionParams, extra }: Connection) =>
    setting.contextOf(connectionParams?.['authorization'], (extra as Extra).request);

  /** @throws GraphQLError */
  const readable = ({ query }: SubscribePayload) => {
    try {
      return parse(query, walls.parseOptions);
    } catch (error) {
      const syntaxError = error as GraphQLError;
      throw walls.tooLong(syntaxError) ?? withCode(syntaxError, 'GRAPHQL_PARSE_FAILED');
    }
  };

  const prepare = async (payload: SubscribePayload, contextValue: RequestContext): Promise<ExecutionArgs> => {
    const schema = setting.schema();
    const document = readable(payload);
    const [invalid] = validate(schema, document, rules);
    if (invalid) throw withCode(invalid, 'GRAPHQL_VALIDATION_FAILED', !configuration.introspection);
    const operation = getOperationAST(document, payload.operationName);
    if (!operation) throw new GraphQLError('The document has no operation of that name.');
    const variables = payload.variables ?? {};
    await metering.take({ schema, document, operation, variables }, contextValue);
    return {
      schema,
      document,
      contextValue,
      variableValues: variables,
      operationName: payload.operationName,
    };
  };

  return {
    path,
    connectionInitWaitTimeout: 5_000,
    onConnect: async (connection) => {
      const { viewer } = await contextOfConnection(connection);
      const { socket } = connection.extra as Extra;
      if (!viewer || (socket && socket.readyState !== OPEN)) return false;
      const who = `${viewer.subject.kind}:${viewer.subject.id}`;
      const open = connections.get(who) ?? 0;
      if (open >= SUBSCRIPTION_CONNECTIONS) {
        socket?.close(TRY_AGAIN_LATER, `At most ${SUBSCRIPTION_CONNECTIONS} connections`);
        return false;
      }
      connections.set(who, open + 1);
      counted.set(connection, who);
      return true;
    },
    onClose: (connection) => {
      const who = counted.get(connection);
      if (who === undefined) return;
      const left = (connections.get(who) ?? 1) - 1;
      if (left > 0) connections.set(who, left);
      else connections.delete(who);
    },
    onSubscribe: async (connection, _id, payload) => {
      let contextValue: RequestContext | undefined;
      try {
        if (Object.keys(connection.subscriptions).length > SUBSCRIPTIONS_PER_CONNECTION) {
          throw new GraphQLError(
            `At most ${SUBSCRIPTIONS_PER_CONNECTION} operations run on one connection at a time.`,
            { extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', most: SUBSCRIPTIONS_PER_CONNECTION } },
          );
        }
        contextValue = await contextOfConnection(connection);
        return await prepare(payload, contextValue);
      } catch (error) {
        if (error instanceof RateLimited) return [error.toGraphQL()];
        if (!(error instanceof GraphQLError)) throw error;
        if (contextValue) metering.takeForUnreadable(contextValue);
        return [error];
      }
    },
    onError: (_connection, _id, _payload, errors) => setting.mask(errors),
    onNext: (_connection, _id, _payload, _args, result) =>
      result.errors ? { ...result, errors: setting.mask(result.errors) } : result,
  };
}

/** As Apollo does over HTTP: with a code, and without the names of what there is where the schema is not public. */
function withCode(
  { message, nodes, source, positions }: GraphQLError,
  code: string,
  hide = false,
): GraphQLError {
  return new GraphQLError(hide ? message.replace(/ ?Did you mean.+?\?$/, '') : message, {
    nodes,
    source,
    positions,
    extensions: { code },
  });
}
