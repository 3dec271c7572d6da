import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLObjectType, type OperationDefinitionNode, parse, validate } from 'graphql';
import { shapeOf } from './document-shape.js';
import { prepareCost } from './operation-cost.js';

const schema = buildSchema(`
  interface Named { id: ID! }
  type Thing implements Named { id: ID! parts(first: Int! = 20): Parts! tags: [String!]! friends: [Thing!]! self: Thing! }
  type Parts { nodes: [Thing!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  type Failed { reason: String! }
  union Result = Thing | Failed
  input Row { rows: [Row!] name: String }
  input Many { items: [Row!]! note: String }
  type Sent { results: [Result!]! }
  type Query { version: String! thing: Thing! things(first: Int! = 20): Parts! everything: [Thing!]! named: Named! }
  type Mutation { rename: Thing! send(input: Many!): Sent! sign(code: String!): Thing! }
  type Subscription { changed: Thing! }
`);
(schema.getMutationType() as GraphQLObjectType).getFields()['sign']!.extensions = { cost: { base: 50 } };

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return prepareCost(schema, document, document.definitions[0] as OperationDefinitionNode)(variables);
}

describe('the cost of an operation', () => {
  it.each([
    ['{ version }', 1],
    ['{ thing { id tags } }', 1],
    ['{ thing { self { self { id } } } }', 3],
    ['{ things { nodes { id } } }', 1 + 20],
    ['{ things(first: 100) { nodes { id self { id } } pageInfo { hasNextPage } } }', 1 + 1 + 100 * 2],
    ['{ things(first: 5) { nodes { parts(first: 7) { nodes { id } } } } }', 1 + 5 * (1 + 1 + 7)],
    ['{ everything { id } }', 10],
    ['{ everything { friends { id } } }', 10 * (1 + 10)],
    ['{ a: version b: version }', 2],
    ['{ __schema { types { name } } }', 500],
    ['mutation { rename { id } }', 10],
    ['mutation { sign(code: "1") { id } }', 50],
    [
      'mutation { send(input: { items: [{}, { rows: [{}] }] }) { results { ... on Thing { id } } } }',
      10 + 3 + 2,
    ],
    ['subscription { changed { id } }', 10],
    ['{ ...F } fragment F on Query { thing { ...G ...G } } fragment G on Thing { self { id } }', 3],
    ['{ named { ... on Thing { self { id } } } }', 2],
  ])('%s is %d', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('depends on the sizes that come in variables, and on their defaults', () => {
    const page = 'query ($n: Int! = 3) { things(first: $n) { nodes { id } } }';
    expect(costOf(page)).toBe(4);
    expect(costOf(page, { n: 50 })).toBe(51);
    expect(costOf(page, { n: 'no number' })).toBe(2);
    const send = 'mutation ($input: Many!) { send(input: $input) { results { __typename } } }';
    expect(costOf(send, { input: { items: Array.from({ length: 1_000 }, () => ({})) } })).toBe(2_010);
    expect(costOf(send, { input: 7 })).toBe(20);
    const items = 'mutation ($items: [Row!]!) { send(input: { items: $items }) { results { __typename } } }';
    expect(costOf(items, { items: [{}, {}] })).toBe(14);
  });

  it('is found out in no time for fragments that double each other forty times', () => {
    const fragments = Array.from({ length: 40 }, (_, at) => {
      const inner = at === 39 ? 'id' : `...F${at + 1} ...F${at + 1}`;
      return `fragment F${at} on Thing { self { ${inner} } }`;
    });
    const bomb = `{ thing { ...F0 } } ${fragments.join(' ')}`;
    const began = performance.now();
    const document = parse(bomb);
    expect(prepareCost(schema, document, document.definitions[0] as OperationDefinitionNode)({})).toBe(
      2 ** 40,
    );
    expect(shapeOf(document).depth).toBe(42);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('the shape of a document', () => {
  it('counts depth, fields at the root, aliases and directives, through fragments', () => {
    const document = parse(`query A { ...R c: version @skip(if: false) } query B { thing { self { id } } }
      fragment R on Query { a: version ... on Query { thing { self { self { i: id } } } } }`);
    expect(shapeOf(document)).toEqual({ depth: 4, rootFields: 3, aliases: 3, directives: 1 });
  });

  it('does not go into the schema', () => {
    expect(shapeOf(parse('{ __schema { types { fields { type { name } } } } }')).depth).toBe(1);
  });
});
