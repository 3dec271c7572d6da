import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anApiKey, anUnverifiedBusiness } from '../support/builders/accounts.js';
import { contactsOf } from '../support/builders/matching.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import {
  contactOf,
  inTestMode,
  resetTestMode,
  testContact,
  testNumber,
} from '../support/builders/test-mode.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const DAY = 24 * 3_600_000;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());

describe('resetting test mode', () => {
  it('begins it anew, erases who was there, and leaves live mode as it is', async () => {
    const business = await aBusiness(platform);
    const sandbox = await inTestMode(platform, business.token);
    const client = platform.business(business.apiKey);
    const [real] = await reachablePeople(platform, client, 1);
    const before = await testContact(sandbox, '13', '310');
    await send(sandbox, before);
    await until('the stop is there', async () => (await send(sandbox, before)).reason === 'CONSENT_STOPPED');

    expect(await resetTestMode(sandbox)).toMatchObject({ __typename: 'ResetTestModePayload' });
    expect(await contactsOf(sandbox)).toEqual([]);
    expect((await sandbox.do('{ messages(first: 10) { nodes { id } } }')).messages.nodes).toEqual([]);
    expect((await send(sandbox, before)).reason).toBe('CONTACT_UNKNOWN');
    const after = await testContact(sandbox, '13', '310');
    expect(after).not.toBe(before);
    expect(await send(sandbox, after)).toMatchObject({ __typename: 'AcceptedMessage' });
    expect((await contactsOf(client)).map(({ id }) => id)).toEqual([real!.contact]);

    await until('nobody is left in the old one', async () => {
      const [row] = await platform.database.sql<{ left: number }>(
        `SELECT count(*)::int AS left FROM person p JOIN business b ON b.id = p.sandbox_id WHERE b.retired_at IS NOT NULL`,
      );
      const [unswept] = await platform.database.sql<{ left: number }>(
        `SELECT count(*)::int AS left FROM business WHERE retired_at IS NOT NULL AND swept_at IS NULL`,
      );
      return row?.left === 0 && unswept?.left === 0;
    });
  });

  it('leaves nobody behind of matches that race it', async () => {
    const business = await anUnverifiedBusiness(platform);
    const sandbox = await inTestMode(platform, business.token);
    await Promise.all([
      ...['312', '313', '314', '315'].map((areaCode) => contactOf(sandbox, testNumber('00', areaCode))),
      resetTestMode(sandbox),
      ...['316', '317', '318', '320'].map((areaCode) => contactOf(sandbox, testNumber('00', areaCode))),
    ]);
    await until('nobody is left in the old one', async () => {
      const [row] = await platform.database.sql<{ left: number }>(
        `SELECT (SELECT count(*) FROM person p JOIN business b ON b.id = p.sandbox_id WHERE b.retired_at IS NOT NULL)::int
          + (SELECT count(*) FROM business WHERE retired_at IS NOT NULL AND swept_at IS NULL)::int AS left`,
      );
      return row?.left === 0;
    });
  });

  it('is refused beyond 10 in 24 hours, exactly, until the oldest is so old', async () => {
    const business = await anUnverifiedBusiness(platform);
    const sandbox = await inTestMode(platform, business.token);
    const results = await Promise.all(Array.from({ length: 12 }, () => resetTestMode(sandbox)));
    const refused = results.filter(({ reason }) => reason === 'TOO_MANY_RESETS');
    // The one that was made with the key counts as the first.
    expect(refused).toHaveLength(3);
    const retryAt = Date.parse(refused[0].retryAt);
    await platform.shiftClock(DAY - 10 * 60_000);
    expect((await resetTestMode(sandbox)).reason).toBe('TOO_MANY_RESETS');
    await platform.shiftClock(retryAt - Date.now() + 1_000);
    expect((await resetTestMode(sandbox)).reason).toBeUndefined();
    await platform.shiftClock(0);
  });

  it('is not for keys without its scope', async () => {
    const owner = await anUnverifiedBusiness(platform);
    const { secret } = await anApiKey(platform, owner.token, { mode: 'TEST', scopes: ['messages:send'] });
    const { errors } = await platform.business(secret).raw('mutation { resetTestMode { __typename } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
