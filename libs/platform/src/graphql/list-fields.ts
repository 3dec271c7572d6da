import {
  getNamedType,
  getNullableType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
} from 'graphql';

const known = new WeakMap<GraphQLInputObjectType, [name: string, type: GraphQLInputType][]>();

/** Whether a value of this type is a list or holds one at any depth. */
export function holdsList(type: GraphQLInputType, within: readonly GraphQLInputObjectType[] = []): boolean {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return true;
  const named = getNamedType(nullable);
  if (!isInputObjectType(named) || within.includes(named)) return false;
  return Object.values(named.getFields()).some((field) => holdsList(field.type, [...within, named]));
}

/** The fields of an input that are lists or hold one. */
export function listFieldsOf(input: GraphQLInputObjectType): [name: string, type: GraphQLInputType][] {
  let fields = known.get(input);
  if (!fields) {
    fields = Object.values(input.getFields()).flatMap(({ name, type }) =>
      holdsList(type) ? [[name, type] as [string, GraphQLInputType]] : [],
    );
    known.set(input, fields);
  }
  return fields;
}
