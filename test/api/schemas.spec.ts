import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { ADMIN, BUSINESS, PERSON } from '../../apps/api/src/api.module.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

describe('the three endpoints', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
  });
  afterAll(() => platform.stop());

  it.each(['business', 'person', 'admin'] as const)(
    'serve the committed schema and nothing else: %s',
    async (audience) => {
      const served = buildClientSchema(
        await platform[audience]().do<IntrospectionQuery>(getIntrospectionQuery({ oneOf: true })),
      );
      const committed = readFileSync(`schema/${audience}.graphql`, 'utf8');
      expect(printSchema(lexicographicSortSchema(served)).trim()).toBe(committed.trim());
    },
  );

  it('can not name what belongs to another audience', async () => {
    const { errors } = await platform.business().raw(`{ verificationQueue { nodes { id } } }`);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('do not answer where nobody asks properly', async () => {
    const simple = await fetch(`${platform.url}/business/graphql?query={__typename}`);
    expect(simple.status).toBe(400); // a browser could be made to send this from any page
    const large = await fetch(`${platform.url}/person/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ me { phone } } #${'x'.repeat(300_000)}` }),
    });
    expect(large.status).toBe(413);
  });
});

describe('every operation', () => {
  it.each([
    ['business', BUSINESS],
    ['person', PERSON],
    ['admin', ADMIN],
  ] as const)('declares who may use it: %s', (_, modules) => {
    const operations = modules.flatMap((module) => operationsOf(module));
    expect(operations.length).toBeGreaterThan(3);
    expect(operations.filter(({ permission }) => permission === undefined)).toEqual([]);
  });
});

/** The queries, mutations and subscriptions of a module's resolvers, and what each declares. */
function operationsOf(module: object): { name: string; permission: unknown }[] {
  const providers = (Reflect.getMetadata('providers', module) ?? []) as { prototype?: object }[];
  return providers.flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype ?? {}).flatMap((name) => {
      const method = (prototype as Record<string, unknown>)[name];
      if (typeof method !== 'function') return [];
      const type: unknown = Reflect.getMetadata('graphql:resolver_type', method);
      const isOperation = type === 'Query' || type === 'Mutation' || type === 'Subscription';
      return isOperation
        ? [{ name, permission: Reflect.getMetadata('assent:permission', method) as unknown }]
        : [];
    }),
  );
}
