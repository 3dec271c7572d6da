import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  OperationTypeNode,
} from 'graphql';

/** An operation as a client writes it. */
export interface AnyOperation {
  query: string;
  variables: Record<string, unknown>;
}

/** What each type of value can be, without meaning anything: the schema takes it, and no rule of ours does. */
const SCALARS: Record<string, unknown> = {
  Boolean: true,
  DateTime: '2030-01-01T00:00:00.000Z',
  Float: 1,
  ID: 'x',
  Int: 1,
  String: 'x',
};

/** The committed schema of an endpoint. */
export function schemaOf(audience: string): GraphQLSchema {
  return buildSchema(readFileSync(`schema/${audience}.graphql`, 'utf8'));
}

/**
 * The shortest request for a root field, with everything it requires; made from the schema, so that a new one needs no words.
 *
 * @param completing what inputs of a type have besides
 */
export function anyOperation(
  schema: GraphQLSchema,
  type: OperationTypeNode,
  name: string,
  completing: Record<string, Record<string, unknown>> = {},
): AnyOperation {
  const field = schema.getRootType(type)?.getFields()[name];
  if (!field) throw new Error(`There is no ${type} ${name}`);
  // Where a subscription begins is made up too, so that one that is let through ends at once.
  const args = field.args.filter((arg) => isNonNullType(arg.type) || type === OperationTypeNode.SUBSCRIPTION);
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
  return {
    query: `${type}${declared && ` (${declared})`} { ${name}${given && `(${given})`}${selection} }`,
    variables: Object.fromEntries(args.map((arg) => [arg.name, anyValue(arg.type, completing)])),
  };
}

/** The smallest value of a type, with everything it requires. */
export function anyValue(
  type: GraphQLInputType,
  completing: Record<string, Record<string, unknown>>,
): unknown {
  if (isNonNullType(type)) return anyValue(type.ofType, completing);
  if (isListType(type)) return [anyValue(type.ofType, completing)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const wanted = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    const required = wanted.map((field) => [field.name, anyValue(field.type, completing)]);
    return { ...Object.fromEntries(required), ...completing[type.name] };
  }
  if (!(type.name in SCALARS)) throw new Error(`Say in SCALARS what a ${type.name} can be`);
  return SCALARS[type.name];
}
