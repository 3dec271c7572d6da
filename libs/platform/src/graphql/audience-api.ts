import type { IncomingMessage } from 'node:http';
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Injectable, type ModuleMetadata, type Type } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { pruneSchema } from '@graphql-tools/utils';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { Configuration } from '../configuration/configuration.js';
import { isOutage } from '../database/outage.js';
import { RateLimited } from '../requests/rate-limited.js';
import { RequestBudgets } from '../requests/request-budgets.js';
import { unread } from '../requests/unavailable.js';
import { addressSubject } from '../requests/subject.js';
import { clientAddress, trustedProxies } from '../requests/trusted-proxies.js';
import { LOGGER } from '../telemetry/logger.js';
import { Tracing } from '../telemetry/tracing/tracing.js';
import { formatError } from './format-error.js';
import { Metering, UNREADABLE_UNITS } from './metering.js';
import { operationSpans } from './operation-spans.js';
import { requestMeters } from './request-meters.js';
import { MOST_MESSAGE_BYTES, subscriptionsOf } from './subscriptions.js';
import type { Audience, RequestContext, Viewer } from './viewer.js';
import { Walls } from './walls.js';

/** Tells who presents an `Authorization` header; undefined where nobody valid does. */
export interface Authenticator {
  authenticate(authorization: string): Promise<Viewer | undefined>;
}

/** Puts something around the operations of a schema. */
export interface SchemaWrapper {
  wrap(schema: GraphQLSchema, rules: object): GraphQLSchema;
}

/** One audience's API: its own schema at `/<audience>/graphql`, of the resolvers of the modules it includes. */
export interface AudienceApi {
  audience: Audience;
  include: Type[];
  authenticator: Type<Authenticator>;
  imports: ModuleMetadata['imports'];
  subscriptions: boolean;
  /** What stands around its operations, with the rules for these. */
  around?: { by: Type<SchemaWrapper>; rules: object };
}

/** The GraphQL endpoint of one audience. Each is a schema of its own: a business can not even name an admin's field. */
export function audienceApi(api: AudienceApi): DynamicModule {
  const path = `/${api.audience}/graphql`;
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: BoundedDriver,
    imports: api.imports ?? [],
    inject: [
      Configuration,
      LOGGER,
      api.authenticator,
      RequestBudgets,
      Tracing,
      ...(api.around ? [api.around.by] : []),
    ],
    useFactory: (
      configuration: Configuration,
      log: Logger,
      authenticator: Authenticator,
      budgets: RequestBudgets,
      tracing: Tracing,
      wrapper?: SchemaWrapper,
    ) => {
      const walls = new Walls(configuration);
      const metering = new Metering(walls, budgets);
      const format = formatError(log.child({ audience: api.audience }), walls);
      const contextOf = contextsOf(authenticator, budgets);
      const trusted = trustedProxies(configuration.settings.TRUSTED_PROXIES);
      let schema: GraphQLSchema | undefined;
      const keepSchema: ApolloServerPlugin = {
        serverWillStart: async (server) => {
          ({ schema } = server);
        },
      };
      const webSocket = subscriptionsOf({
        path,
        configuration,
        walls,
        metering,
        schema: () => {
          if (!schema) throw new Error('The server has not started yet');
          return schema;
        },
        contextOf: (authorization, request) => contextOf(authorization, addressOf(request, trusted)),
        mask: (errors) => errors.map((error) => asError(format(error.toJSON(), error))),
      });
      return {
        path,
        include: api.include,
        autoSchemaFile: true,
        sortSchema: true,
        // With several schemas in a process a later one would carry the earlier ones' types as well.
        transformSchema: (built) => {
          const pruned = pruneSchema(built);
          return wrapper && api.around ? wrapper.wrap(pruned, api.around.rules) : pruned;
        },
        introspection: configuration.introspection,
        hideSchemaDetailsFromClientErrors: !configuration.introspection,
        includeStacktraceInErrorResponses: false,
        autoTransformHttpErrors: false,
        csrfPrevention: true,
        allowBatchedHttpRequests: false,
        graphiql: false,
        parseOptions: walls.parseOptions,
        plugins: [
          // It looks at each field of an answer for hints that there are none of; every answer is `no-store` (`createServer`).
          ApolloServerPluginCacheControlDisabled(),
          requestMeters(api.audience),
          ...(tracing.on ? [operationSpans(api.audience, tracing)] : []),
          metering.plugin(),
          SHOW_REPLAYED,
          keepSchema,
        ],
        formatError: format,
        context: (request: FastifyRequest) => contextOf(request.headers.authorization, request.ip),
        subscriptions: api.subscriptions ? { 'graphql-ws': webSocket } : {},
      };
    },
  });
}

/** Says in the answer which mutations did nothing now, but answered as before. */
const SHOW_REPLAYED: ApolloServerPlugin<RequestContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue: { replayed }, response: { body } }) => {
      if (replayed && body.kind === 'single') {
        body.singleResult.extensions = { ...body.singleResult.extensions, replayed };
      }
    },
  }),
};

/** Apollo's driver with a bound on what one WebSocket message may hold: `ws` would take 100 MiB from anybody. */
@Injectable()
class BoundedDriver extends ApolloDriver {
  override async start(options: ApolloDriverConfig): Promise<void> {
    await super.start(options);
    const { _subscriptionService: service } = this as unknown as {
      _subscriptionService?: { wss: { options: { maxPayload?: number } } };
    };
    if (service) service.wss.options.maxPayload = MOST_MESSAGE_BYTES;
  }
}

/**
 * Who asks, and whose budget it is taken from. Refused before anything is parsed where that is overdrawn by requests that
 * could not be read; others are refused, and told when to come back, by what they cost.
 */
function contextsOf(authenticator: Authenticator, budgets: RequestBudgets) {
  return async (authorization: unknown, ip: string): Promise<RequestContext> => {
    const presents = typeof authorization === 'string';
    try {
      const viewer = presents ? await authenticator.authenticate(authorization) : undefined;
      const subject = viewer?.subject ?? addressSubject(ip);
      budgets.requireNoDebt(subject);
      if (presents && !viewer) budgets.spend(subject, UNREADABLE_UNITS);
      return { viewer, ip, subject };
    } catch (error) {
      if (error instanceof RateLimited) throw error.toGraphQL();
      throw error instanceof Error && isOutage(error) ? unread(error) : error;
    }
  };
}

function addressOf(request: IncomingMessage | undefined, trusted: (address: string) => boolean): string {
  const forwarded = request?.headers['x-forwarded-for'];
  return clientAddress(trusted, request?.socket.remoteAddress ?? '', forwarded?.toString());
}

function asError({
  message,
  ...rest
}: {
  message: string;
  extensions?: Record<string, unknown>;
}): GraphQLError {
  return new GraphQLError(message, { extensions: rest.extensions });
}
