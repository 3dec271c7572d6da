import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ForgetExpiredSignIns } from '@assent/accounts';
import { anApiKey, anUnverifiedBusiness } from '../support/builders/accounts.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
});
afterAll(() => platform.stop());

const MINUTE_MS = 60_000;
const mutation = async (operation: string, input: Record<string, unknown>) =>
  (
    await platform.business().do(
      `mutation ($input: ${operation.charAt(0).toUpperCase()}${operation.slice(1)}Input!) {
        answer: ${operation}(input: $input) { __typename ... on Refusal { reason message retryAt } }
      }`,
      { input },
    )
  )['answer'];
const failure = async (token: string) =>
  (await platform.business(token).raw('{ viewer { permissions } }')).errors?.[0]?.extensions.code;

it('goes by the clock of the database: codes, sessions and keys end in time, and what is left of them is forgotten', async () => {
  const { token, ownerEmail: email } = await anUnverifiedBusiness(platform);
  const forget = platform.app.get(ForgetExpiredSignIns, { strict: false });
  await mutation('requestSignInCode', { email });
  const wrong = await mutation('signIn', {
    email,
    code: platform.code(email) === '000000' ? '000001' : '000000',
  });
  const expiresAt = new Date(Date.now() + 30 * MINUTE_MS).toISOString();
  const { secret } = await anApiKey(platform, token, { expiresAt });

  await platform.shiftClock(10 * MINUTE_MS + 1_000);
  const expired = await mutation('signIn', { email, code: platform.code(email) });
  expect(expired).toEqual(wrong);
  expect(expired).toMatchObject({ reason: 'CODE_INVALID', retryAt: null });
  expect(await forget.execute()).toBe(0);
  expect(await failure(secret)).toBeUndefined();

  await platform.shiftClock(30 * MINUTE_MS + 1_000);
  expect(await failure(secret)).toBe('UNAUTHENTICATED');
  expect(await failure(token)).toBeUndefined();
  expect(await forget.execute()).toBe(1);
  expect(await platform.database.sql('SELECT FROM sign_in_code')).toEqual([]);

  await platform.shiftClock(12 * 60 * MINUTE_MS + 5_000);
  expect(await failure(token)).toBe('UNAUTHENTICATED');
  expect(await forget.execute()).toBe(1);
  expect(await platform.database.sql('SELECT FROM member_session')).toEqual([]);
});

it('sends a code again at retryAt, and not one millisecond before', async () => {
  await platform.shiftClock(0);
  const { ownerEmail: email } = await anUnverifiedBusiness(platform);
  for (let sent = 1; sent < 5; sent++) await mutation('requestSignInCode', { email });
  const { reason, retryAt } = await mutation('requestSignInCode', { email });
  expect(reason).toBe('TOO_MANY_CODES');
  await standClockAt(new Date(Date.parse(retryAt) - 1));
  expect(await mutation('requestSignInCode', { email })).toMatchObject({ reason: 'TOO_MANY_CODES', retryAt });
  await standClockAt(new Date(retryAt));
  expect(await mutation('requestSignInCode', { email })).toMatchObject({
    __typename: 'RequestSignInCodePayload',
  });
});

async function standClockAt(time: Date): Promise<void> {
  await platform.database.sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT '${time.toISOString()}'::timestamptz $$`);
}
