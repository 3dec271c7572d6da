import type { ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { RateLimited } from '../requests/rate-limited.js';
import type { Charge, RequestBudgets } from '../requests/request-budgets.js';
import type { RequestContext } from './viewer.js';
import type { Walls } from './walls.js';

/** What a request costs that can not even be read, and what one does whose token or key is nobody's. */
export const UNREADABLE_UNITS = 10;

/** An operation that is about to run. */
export interface Operation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/** Lets an operation through the walls and takes its cost, before any of it has run. */
export class Metering {
  constructor(
    private readonly walls: Walls,
    private readonly budgets: RequestBudgets,
  ) {}

  /** @throws GraphQLError when it breaks a rule, RateLimited when its cost is not there */
  take({ schema, document, operation, variables }: Operation, { subject }: RequestContext): Promise<Charge> {
    return this.budgets.charge(subject, this.walls.check(schema, document, operation, variables));
  }

  /** Takes what trying to read something costs. */
  takeForUnreadable({ subject }: RequestContext): Charge {
    return this.budgets.spend(subject, UNREADABLE_UNITS);
  }

  /** For Apollo: meters each request and shows its cost in `extensions.cost` of the answer. */
  plugin(): ApolloServerPlugin<RequestContext> {
    return {
      requestDidStart: async ({ contextValue }) => {
        let cost: Charge | undefined;
        return {
          didResolveOperation: async ({ schema, document, operation, request }) => {
            if (!operation) return;
            const { variables = {} } = request;
            try {
              cost = await this.take({ schema, document, operation, variables }, contextValue);
            } catch (error) {
              if (!(error instanceof RateLimited)) throw error;
              ({ cost } = error);
              throw error.toGraphQL();
            }
          },
          didEncounterErrors: async () => {
            cost ??= this.takeForUnreadable(contextValue);
          },
          willSendResponse: async ({ response: { body } }) => {
            if (cost && body.kind === 'single') {
              body.singleResult.extensions = { ...body.singleResult.extensions, cost };
            }
          },
        };
      },
    };
  }
}
