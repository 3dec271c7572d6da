import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

describe('errors', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    business = platform.business((await aBusiness(platform)).apiKey);
  });
  afterAll(() => platform.stop());

  it('of the client’s own making name field and rule', async () => {
    const { errors } = await business.raw(`{ messages(first: 101) { nodes { id } } }`);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'messages.first', rule: 'must be 1 to 100' }],
    });
  });

  it('of the client’s own making stay so where there are more than anybody counts', async () => {
    const messages = Array.from({ length: 100 }, () => ({ contact: 1 }));
    const { errors } = await business.raw(
      'mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { __typename } }',
      { input: { messages } },
    );
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(errors?.at(-1)?.message).toMatch(/^Too many errors/);
  });

  it('of ours show an id that stands in the log, and nothing else', async () => {
    await platform.database.sql('ALTER TABLE message RENAME TO message_lost');
    try {
      const { errors, data } = await business.raw<{ messages: unknown } | null>(
        `{ messages { nodes { id } } }`,
      );
      const [error] = errors ?? [];
      expect(data).toBeNull();
      expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) });
      expect(error?.message).toBe(
        `Something went wrong here. Quote ${error?.extensions.errorId} when you report it.`,
      );
      const line = platform.logs.find((log) => log.includes(error?.extensions.errorId as string));
      expect(JSON.parse(line as string)).toMatchObject({ audience: 'business', err: { sqlState: '42P01' } });
    } finally {
      await platform.database.sql('ALTER TABLE message_lost RENAME TO message');
    }
  });

  it('say what to send where nobody is signed in, and which permission is missing where somebody is', async () => {
    const nobody = await platform.business().raw(`{ messages { nodes { id } } }`);
    expect(nobody.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const { apiKey } = await aBusiness(platform, { scopes: ['contacts:read'] });
    const { errors } = await platform.business(apiKey).raw(`{ messages { nodes { id } } }`);
    expect(errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', permission: 'messages:read' });
  });
});
