import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Configuration } from '../configuration/configuration.js';
import { type DocumentShape, shapeOf } from './document-shape.js';
import { type OperationCost, prepareCost } from './operation-cost.js';

/** A rule that a document or operation can break, with the code of the error. */
const RULES = {
  depth: { code: 'QUERY_TOO_DEEP', what: 'fields within fields' },
  rootFields: { code: 'QUERY_TOO_BROAD', what: 'fields at the root of an operation' },
  aliases: { code: 'QUERY_TOO_MANY_ALIASES', what: 'aliases' },
  directives: { code: 'QUERY_TOO_MANY_DIRECTIVES', what: 'directives' },
  tokens: { code: 'QUERY_TOO_LONG', what: 'tokens' },
  cost: { code: 'QUERY_TOO_COMPLEX', what: 'units of cost' },
} as const;

/** Name of a rule. */
export type WallRule = keyof typeof RULES;

interface Prepared {
  objection: GraphQLError | undefined;
  costs: Map<OperationDefinitionNode, OperationCost>;
}

/**
 * What an operation may ask for at once. Shape and static cost are found out once for a parsed document, which Apollo keeps
 * in a cache bounded by size; a request pays for its variables only.
 */
export class Walls {
  private readonly most: Record<WallRule, number>;
  private readonly prepared = new WeakMap<DocumentNode, Prepared>();

  constructor({ settings }: Configuration) {
    this.most = {
      depth: settings.GRAPHQL_MOST_DEPTH,
      rootFields: settings.GRAPHQL_MOST_ROOT_FIELDS,
      aliases: settings.GRAPHQL_MOST_ALIASES,
      directives: settings.GRAPHQL_MOST_DIRECTIVES,
      tokens: settings.GRAPHQL_MOST_TOKENS,
      cost: settings.GRAPHQL_MOST_COST,
    };
  }

  /** For the parser, which stops at the first token too many. */
  get parseOptions(): { maxTokens: number } {
    return { maxTokens: this.most.tokens };
  }

  /** Where the parser stopped for that reason: the error to answer with. */
  tooLong(error: { message: string }): GraphQLError | undefined {
    return error.message.startsWith('Syntax Error: Document contains more tha')
      ? objectionTo('tokens', this.most.tokens)
      : undefined;
  }

  /** The cost in units of an operation of a valid document. @throws GraphQLError naming the rule that it breaks, and the number */
  check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): number {
    const prepared = this.prepare(document);
    if (prepared.objection) throw prepared.objection;
    let costOf = prepared.costs.get(operation);
    if (!costOf) prepared.costs.set(operation, (costOf = prepareCost(schema, document, operation)));
    const cost = costOf(variables);
    if (cost > this.most.cost) throw objectionTo('cost', this.most.cost, cost);
    return cost;
  }

  private prepare(document: DocumentNode): Prepared {
    const known = this.prepared.get(document);
    if (known) return known;
    const prepared = { objection: this.objection(shapeOf(document)), costs: new Map() };
    this.prepared.set(document, prepared);
    return prepared;
  }

  private objection(shape: DocumentShape): GraphQLError | undefined {
    for (const rule of ['depth', 'rootFields', 'aliases', 'directives'] as const) {
      if (shape[rule] > this.most[rule]) return objectionTo(rule, this.most[rule], shape[rule]);
    }
    return undefined;
  }
}

function objectionTo(rule: WallRule, most: number, counted?: number): GraphQLError {
  const { code, what } = RULES[rule];
  const found = counted === undefined ? 'more' : String(counted);
  return new GraphQLError(`A request has at most ${most} ${what}; this one has ${found}.`, {
    extensions: { code, rule, most, counted, http: { status: 400 } },
  });
}
