import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type OperationTypeNode,
} from 'graphql';
import { type AnyOperation, anyOperation, anyValue } from '../support/any-operation.js';

/** A request with a place for an id, or for a text, in it. */
export interface Probe {
  /** E.g. `mutation revokeApiKey input.id`. */
  name: string;
  /** The request with it at that place. @param own what the caller puts at other places, by the name of the field */
  with: (id: string, own: Record<string, string>) => AnyOperation;
}

/** Lets the rules of the input through, where the schema says only `String`: by the name of the field. */
const SENSIBLE: Record<string, (nr: number) => unknown> = {
  category: () => 'RETAIL',
  correlationId: (nr) => `correlation-${nr}`,
  defaultLanguage: () => 'en',
  description: () => 'Of nobody',
  emoji: () => '👍',
  idempotencyKey: (nr) => `probe-${nr}`,
  language: () => 'en',
  name: () => 'any-service',
  types: () => ['message.status'],
  url: () => 'https://example.com/hook',
  wordingHash: () => 'a'.repeat(64),
};
/** What makes a request whole where the schema leaves it open. */
const COMPLETING: Record<string, Record<string, unknown>> = {
  PreflightMessageInput: { text: 'x' },
  RedeliverEventsInput: { ids: ['event'] },
  SendMessageInput: { text: 'x' },
  WriteToBusinessInput: { text: 'x' },
};
/** Objects of which one field is given. */
const OF_SEVERAL = /^(by|contact)$/;
/** What may not stand beside a field. */
const INSTEAD_OF: Record<string, string[]> = { template: ['text'] };
const DEEPEST_INPUT = 4;
const DEEPEST_ANSWER = 3;

let requests = 0;

/** Every place of an operation where the schema has an ID, or a text, required or not. */
export function probesOf(
  schema: GraphQLSchema,
  type: OperationTypeNode,
  name: string,
  scalar: 'ID' | 'String' = 'ID',
): Probe[] {
  const field = schema.getRootType(type)?.getFields()[name];
  if (!field) throw new Error(`There is no ${type} ${name}`);
  const paths = field.args.flatMap((arg) => pathsTo(scalar, arg.type, [arg.name]));
  return paths.map((path) => ({
    name: `${type} ${name} ${path.join('.')}`,
    with: (id, own) => {
      const { variables } = anyOperation(schema, type, name, COMPLETING);
      const filled = sensible(variables, ++requests, own) as Record<string, unknown>;
      const args = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === path[0]);
      for (const arg of args) if (isInputObjectType(getNamedType(arg.type))) filled[arg.name] ??= {};
      put(filled, path, id, {
        types: Object.fromEntries(field.args.map((arg) => [arg.name, arg.type])),
        // A text is to get as far as it can; an id is looked at wherever it stands.
        isWhole: scalar === 'String',
      });
      const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
      const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      return {
        query: `${type} (${declared}) { ${name} (${given}) ${selectionOf(schema, field.type)} }`,
        variables: Object.fromEntries(args.map((arg) => [arg.name, filled[arg.name]])),
      };
    },
  }));
}

/** A query for all that an operation without required arguments tells. */
export function everythingOf(schema: GraphQLSchema, name: string): string | undefined {
  const field = schema.getQueryType()?.getFields()[name];
  if (!field || field.args.some(isRequiredArgument)) return undefined;
  return `{ ${name} ${selectionOf(schema, field.type)} }`;
}

/** Paths to values of a scalar; a number stands for a place in a list. An object of which one field is given leads to each of them. */
function pathsTo(scalar: string, type: GraphQLInputType, path: (string | number)[]): (string | number)[][] {
  if (isNonNullType(type)) return pathsTo(scalar, type.ofType, path);
  if (isListType(type)) return pathsTo(scalar, type.ofType, [...path, 0]);
  if (isInputObjectType(type)) {
    if (path.length > 2 * DEEPEST_INPUT) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      pathsTo(scalar, field.type, [...path, field.name]),
    );
  }
  return type.name === scalar ? [path] : [];
}

/** A request with sensible values at places that the schema says too little of. @param own what the caller puts there, by name or value */
export function sensible(value: unknown, nr: number, own: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => own[each as string] ?? sensible(each, nr, own));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      own[key] ?? SENSIBLE[key]?.(nr) ?? sensible(inner, nr, own),
    ]),
  );
}

/** Puts a value at a path, and what else is required on the way where it is to be whole; what is given by one of several ways is given by that one only. */
function put(
  into: Record<string, unknown>,
  path: (string | number)[],
  value: string,
  { types, isWhole }: { types: Record<string, GraphQLInputType>; isWhole: boolean },
): void {
  const [first, ...rest] = path as [string, ...(string | number)[]];
  const inList = typeof rest[0] === 'number';
  const inner = inList ? rest.slice(1) : rest;
  if (inner.length === 0) {
    into[first] = inList ? [value] : value;
    return;
  }
  const type = types[first] && getNamedType(types[first]);
  if (!isInputObjectType(type)) throw new Error(`There is nothing within ${first}`);
  const given = inList ? (into[first] as object[] | undefined)?.[0] : (into[first] as object | undefined);
  const missing = () => (isWhole ? anyValue(type, COMPLETING) : {});
  const object = (type.isOneOf || OF_SEVERAL.test(first) ? {} : (given ?? missing())) as Record<
    string,
    unknown
  >;
  into[first] = inList ? [object] : object;
  if (isWhole) for (const other of INSTEAD_OF[first] ?? []) into[other] = undefined;
  const fields = Object.values(type.getFields()).map((field) => [field.name, field.type] as const);
  put(object, inner, value, { types: Object.fromEntries(fields), isWhole });
}

/** Everything that needs no arguments, some levels deep. Names carry their types, as members of a union disagree about fields. */
function selectionOf(schema: GraphQLSchema, type: GraphQLOutputType, depth = DEEPEST_ANSWER): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const members = schema
      .getPossibleTypes(named)
      .map((member) => `... on ${member.name} ${selectionOf(schema, member, depth)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter(
    (field) => !field.args.some(isRequiredArgument) && (depth > 0 || isLeafType(getNamedType(field.type))),
  );
  const inner = fields.map(
    (field) => `${named.name}_${field.name}: ${field.name} ${selectionOf(schema, field.type, depth - 1)}`,
  );
  return inner.length > 0 ? `{ ${inner.join(' ')} }` : '{ __typename }';
}
