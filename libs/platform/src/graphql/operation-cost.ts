import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  isCompositeType,
  isInputObjectType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { declaredCost } from './cost.js';
import { holdsList, listFieldsOf } from './list-fields.js';

/** How many entries a list is taken to have where nothing in the document says it. */
const USUAL_ENTRIES = 10;
/** The schema itself: large, and the same for everybody. graphql-js bounds how deep lists may nest in it. */
const INTROSPECTION = 500;
const ROOT_BASE = { query: 1, mutation: 10, subscription: 10 } as const;

/** Units of a selection: `once` whatever happens, `perEntry` for each entry of the next list's length that is asked for above it. */
interface Weighed {
  once: number;
  perEntry: number;
}

/** Entries of the lists in the arguments of a field: with those of lists within entries, and without. */
interface GivenEntries {
  all: number;
  outer: number;
}

const NO_ENTRIES: GivenEntries = { all: 0, outer: 0 };
const NOTHING: Weighed = { once: 0, perEntry: 0 };

/** One request's view of a document: values of variables, and fragments weighed already. */
interface Asked {
  valueOf(variable: string): unknown;
  fragments: Map<string, Weighed>;
}

type Weight = (asked: Asked) => Weighed;

/** The cost in units of one operation of a document for the variables of a request. */
export type OperationCost = (variables: Readonly<Record<string, unknown>>) => number;

/**
 * Prepares what an operation of a valid document costs, so that a request pays for its variables only.
 *
 * - an object costs 1, a leaf nothing, a mutation or a subscription 10, unless `@Cost` declares something else;
 * - a list costs its entries: `first` of a connection, else as many as the lists in the arguments of the nearest field
 *   above it have, without those within entries, else 10;
 * - each entry of a list in an argument, and of those within entries, costs 1 or what `perEntry` declares;
 * - members of a union add up, and what `@skip` and `@include` leave out is counted: the cost is an upper bound.
 *
 * Every fragment is weighed once however often it is spread, so that the time is linear in the document.
 */
export function prepareCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationCost {
  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const compiler = new Compiler(schema, document);
  const weight = compiler.selections(operation.selectionSet, root, ROOT_BASE[operation.operation]);
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue && valueFromASTUntyped(defaultValue),
    ]),
  );
  const cost: OperationCost = (variables) => {
    const { once, perEntry } = weight({
      valueOf: (name) => (Object.hasOwn(variables, name) ? variables[name] : defaults.get(name)),
      fragments: new Map(),
    });
    return once + perEntry * USUAL_ENTRIES;
  };
  if (compiler.varies) return cost;
  const always = cost({});
  return () => always;
}

class Compiler {
  /** Whether the cost depends on a variable. */
  varies = false;
  private readonly fragments = new Map<string, Weight>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
  ) {}

  selections({ selections }: SelectionSetNode, type: GraphQLCompositeType, rootBase?: number): Weight {
    const weights = selections.flatMap((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return this.field(selection, type, rootBase) ?? [];
        case Kind.INLINE_FRAGMENT: {
          const on = selection.typeCondition && this.schema.getType(selection.typeCondition.name.value);
          return this.selections(selection.selectionSet, isCompositeType(on) ? on : type, rootBase);
        }
        case Kind.FRAGMENT_SPREAD:
          return this.fragment(selection.name.value, rootBase);
      }
    });
    const [only] = weights;
    if (weights.length === 1 && only) return only;
    return (asked) => {
      let once = 0;
      let perEntry = 0;
      for (const weight of weights) {
        const weighed = weight(asked);
        once += weighed.once;
        perEntry += weighed.perEntry;
      }
      return { once, perEntry };
    };
  }

  private fragment(name: string, rootBase: number | undefined): Weight {
    const prepared = this.fragments.get(name);
    if (prepared) return prepared;
    const definition = this.document.definitions.find(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
    );
    const type =
      definition?.kind === Kind.FRAGMENT_DEFINITION &&
      this.schema.getType(definition.typeCondition.name.value);
    if (!definition || !('selectionSet' in definition) || !isCompositeType(type || undefined)) {
      return () => NOTHING;
    }
    const inner = this.selections(definition.selectionSet, type as GraphQLCompositeType, rootBase);
    const weight: Weight = (asked) => {
      const known = asked.fragments.get(name);
      if (known) return known;
      const weighed = inner(asked);
      asked.fragments.set(name, weighed);
      return weighed;
    };
    this.fragments.set(name, weight);
    return weight;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType, rootBase?: number): Weight | undefined {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') return () => ({ once: INTROSPECTION, perEntry: 0 });
    const field = isUnionType(parent) ? undefined : parent.getFields()[name];
    if (!field) return undefined;
    const named = getNamedType(field.type);
    const { base = rootBase ?? (isCompositeType(named) ? 1 : 0), perEntry: unit = 1 } = declaredCost(
      field.extensions,
    );
    const inner =
      node.selectionSet && isCompositeType(named) ? this.selections(node.selectionSet, named) : undefined;
    const given = this.entriesGiven(node, field);
    const page = this.pageSize(node, field);
    const isList = isListType(getNullableType(field.type));
    return (asked) => {
      const { once, perEntry } = inner?.(asked) ?? NOTHING;
      const { all: sent, outer } = given?.(asked) ?? NO_ENTRIES;
      const entries = page?.(asked) ?? (outer || undefined);
      if (isList) {
        const entry = base + once + perEntry * USUAL_ENTRIES;
        return entries === undefined
          ? { once: 0, perEntry: entry }
          : { once: sent * unit + entries * entry, perEntry: 0 };
      }
      const own = base + sent * unit + once;
      return entries === undefined
        ? { once: own, perEntry }
        : { once: own + entries * perEntry, perEntry: 0 };
    };
  }

  private pageSize(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
  ): ((asked: Asked) => number) | undefined {
    const argument = field.args.find(({ name }) => name === 'first');
    if (!argument) return undefined;
    const value = this.valueOf(node, argument);
    if (value?.kind !== Kind.VARIABLE) {
      const size = value?.kind === Kind.INT ? Number(value.value) : argument.defaultValue;
      return () => sizeOf(size);
    }
    const { value: variable } = value.name;
    return (asked) => sizeOf(asked.valueOf(variable) ?? argument.defaultValue);
  }

  private entriesGiven(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
  ): ((asked: Asked) => GivenEntries) | undefined {
    const lists = field.args.flatMap((argument) => {
      const value = holdsList(argument.type) && this.valueOf(node, argument);
      return value ? { value, type: argument.type } : [];
    });
    if (lists.length === 0) return undefined;
    const count = (asked: Asked, nested: boolean) =>
      lists.reduce((sum, { value, type }) => sum + countWritten(value, type, asked, nested), 0);
    return (asked) => ({ all: count(asked, true), outer: count(asked, false) });
  }

  private valueOf(node: FieldNode, { name }: GraphQLArgument): ValueNode | undefined {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value && mentionsVariable(value)) this.varies = true;
    return value;
  }
}

/** What is no size is refused when the operation runs; until then it is one. */
function sizeOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 1;
}

function mentionsVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(mentionsVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => mentionsVariable(field.value));
    default:
      return false;
  }
}

/** Entries of all lists in a value as it is written in the document; those of lists within entries only if `nested`. */
function countWritten(value: ValueNode, type: GraphQLInputType, asked: Asked, nested: boolean): number {
  if (value.kind === Kind.VARIABLE) return countSent(asked.valueOf(value.name.value), type, nested);
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const entries = value.kind === Kind.LIST ? value.values : value.kind === Kind.NULL ? [] : [value];
    const entryType = nullable.ofType;
    if (!nested || !holdsList(entryType)) return entries.length;
    return entries.reduce((sum, entry) => sum + 1 + countWritten(entry, entryType, asked, nested), 0);
  }
  if (!isInputObjectType(nullable) || value.kind !== Kind.OBJECT) return 0;
  const fields = nullable.getFields();
  return value.fields.reduce((sum, { name, value: inner }) => {
    const field = fields[name.value];
    return field && holdsList(field.type) ? sum + countWritten(inner, field.type, asked, nested) : sum;
  }, 0);
}

/** Entries of all lists in a value that came in a variable; nothing is known of it yet. */
function countSent(value: unknown, type: GraphQLInputType, nested: boolean): number {
  if (value === null || value === undefined) return 0;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const entries: unknown[] = Array.isArray(value) ? value : [value];
    const entryType = nullable.ofType;
    if (!nested || !holdsList(entryType)) return entries.length;
    return entries.reduce<number>((sum, entry) => sum + 1 + countSent(entry, entryType, nested), 0);
  }
  if (!isInputObjectType(nullable) || typeof value !== 'object') return 0;
  return listFieldsOf(nullable).reduce(
    (sum, [name, fieldType]) => sum + countSent((value as Record<string, unknown>)[name], fieldType, nested),
    0,
  );
}
