import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { DynamicModule, ModuleMetadata, Type } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { pruneSchema } from '@graphql-tools/utils';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import type { Logger } from 'pino';
import { Configuration } from '../configuration/configuration.js';
import { LOGGER } from '../telemetry/logger.js';
import { formatError } from './format-error.js';
import type { Audience, RequestContext, Viewer } from './viewer.js';

/** Tells who presents an `Authorization` header; undefined where nobody valid does. */
export interface Authenticator {
  authenticate(authorization: string): Promise<Viewer | undefined>;
}

/** One audience's API: its own schema at `/<audience>/graphql`, of the resolvers of the modules it includes. */
export interface AudienceApi {
  audience: Audience;
  include: Type[];
  authenticator: Type<Authenticator>;
  imports: ModuleMetadata['imports'];
  subscriptions: boolean;
}

/** The GraphQL endpoint of one audience. Each is a schema of its own: a business can not even name an admin's field. */
export function audienceApi(api: AudienceApi): DynamicModule {
  const path = `/${api.audience}/graphql`;
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: ApolloDriver,
    imports: api.imports ?? [],
    inject: [Configuration, LOGGER, api.authenticator],
    useFactory: (configuration: Configuration, log: Logger, authenticator: Authenticator) => {
      const format = formatError(log.child({ audience: api.audience }));
      const contextOf = async (authorization: unknown, ip: string): Promise<RequestContext> => ({
        viewer:
          typeof authorization === 'string' ? await authenticator.authenticate(authorization) : undefined,
        ip,
      });
      const mask = (errors: readonly GraphQLError[]) =>
        errors.map((error) => asError(format(error.toJSON(), error)));
      const webSocket: Subscriptions = {
        path,
        connectionInitWaitTimeout: 5_000,
        onConnect: async ({ connectionParams }) =>
          (await contextOf(connectionParams?.['authorization'], '')).viewer !== undefined,
        context: ({ connectionParams }) => contextOf(connectionParams?.['authorization'], ''),
        onError: (_context, _id, _payload, errors) => mask(errors),
        onNext: (_context, _id, _payload, _args, result) =>
          result.errors ? { ...result, errors: mask(result.errors) } : result,
      };
      return {
        path,
        include: api.include,
        autoSchemaFile: true,
        sortSchema: true,
        // With several schemas in a process a later one would carry the earlier ones' types as well.
        transformSchema: (schema) => pruneSchema(schema),
        introspection: configuration.introspection,
        hideSchemaDetailsFromClientErrors: !configuration.introspection,
        includeStacktraceInErrorResponses: false,
        autoTransformHttpErrors: false,
        csrfPrevention: true,
        allowBatchedHttpRequests: false,
        graphiql: false,
        formatError: format,
        context: (request: FastifyRequest) => contextOf(request.headers.authorization, request.ip),
        subscriptions: api.subscriptions ? { 'graphql-ws': webSocket } : {},
      };
    },
  });
}

type Subscriptions = ServerOptions<Record<string, unknown>> & { path: string };

function asError({
  message,
  ...rest
}: {
  message: string;
  extensions?: Record<string, unknown>;
}): GraphQLError {
  return new GraphQLError(message, { extensions: rest.extensions });
}
