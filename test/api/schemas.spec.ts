import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Query } from '@nestjs/graphql';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { declaredOperations, operationsOf } from '../../apps/api/src/operations.js';
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
  it.each(Object.entries(declaredOperations()))('declares who may use it: %s', (_, operations) => {
    expect(operations.length).toBeGreaterThan(3);
    expect(operations.filter(({ access }) => access === undefined)).toEqual([]);
  });

  it('is seen when it declares nothing', () => {
    class Careless {
      @Query(() => String)
      secret(): string {
        return '';
      }
    }
    Reflect.defineMetadata('providers', [Careless], CarelessModule);
    expect(operationsOf([CarelessModule])).toEqual([{ type: 'Query', name: 'secret', access: undefined }]);
  });
});

class CarelessModule {}
