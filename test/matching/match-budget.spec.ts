import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { customersWith, match, type MatchResult } from '../support/builders/matching.js';
import { aPhone } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** Limits of the tier that a newly verified business has. */
const DAILY = 10;
const MONTHLY = 25;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const START = Date.UTC(2027, 2, 27, 12); // a clock in summer time changes that night, and a month ends that week

describe('the match budget', () => {
  let platform: TestPlatform;
  let servers: string[];
  let account: TestBusiness;
  let business: GraphQLClient;

  beforeAll(async () => {
    const settings = {
      MATCH_DAILY: `1,${DAILY},100,1000,10000`,
      MATCH_MONTHLY: `2,${MONTHLY},100,1000,10000`,
    };
    platform = await startPlatform(settings, { worker: false });
    servers = [platform.url, await platform.anotherServer(), await platform.anotherServer()];
  });
  beforeEach(async () => {
    await platform.shiftClock(0);
    account = await aBusiness(platform);
    business = platform.business(account.apiKey);
  });
  afterAll(() => platform.stop());

  /** Stops the clock at a time. */
  const setClock = (at: number) =>
    platform.database
      .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT timestamptz '${new Date(at).toISOString()}' $$`);
  const phones = (count: number) => Array.from({ length: count }, aPhone);
  const ask = (numbers: string[]): Promise<MatchResult> => match(business, customersWith(numbers));
  const passes = async (numbers: string[]) => (await ask(numbers)).results !== undefined;
  const retryAt = async (numbers: string[]) => {
    const { reason, retryAt: at } = await ask(numbers);
    expect(reason).toBe('MATCH_BUDGET');
    return at === null || at === undefined ? at : new Date(at).getTime();
  };
  const used = async () => {
    const [row] = await platform.database.sql<{ day: number; month: number; days: number; months: number }>(
      `SELECT b.day_used AS day, b.month_used AS month, count(s.day_at)::int AS days, count(s.month_at)::int AS months
       FROM match_budget b LEFT JOIN match_spend s USING (business_id)
       WHERE business_id = (SELECT max(id::text)::uuid FROM business) GROUP BY business_id`,
    );
    // The counts stand beside the places and must be theirs.
    expect([row?.day, row?.month]).toEqual([row?.days, row?.months]);
    return row?.day ?? 0;
  };

  it('takes one place for each different number, and none for what is invalid or twice', async () => {
    const [first, second] = phones(2) as [string, string];
    await ask([first, second, first.replace('+49', '0049'), 'n/a']);
    expect(await used()).toBe(2);
  });

  it('lets a number be asked again for nothing, alone or among others', async () => {
    const numbers = phones(DAILY);
    expect(await passes(numbers)).toBe(true);
    expect(await passes(numbers)).toBe(true);
    expect(await passes(numbers.slice(3))).toBe(true);
    expect(await passes([...numbers, aPhone()])).toBe(false);
    expect(await used()).toBe(DAILY);
  });

  it('refuses a call as a whole, explains why, and spends nothing', async () => {
    await ask(phones(DAILY - 2));
    const refused = await ask(phones(3));
    expect(refused).toMatchObject({
      __typename: 'MatchBudgetExhausted',
      reason: 'MATCH_BUDGET',
      message: expect.stringContaining('match budget'),
      dailyLimit: DAILY,
      monthlyLimit: MONTHLY,
    });
    expect(await used()).toBe(DAILY - 2);
    expect(await passes(phones(2))).toBe(true);
    expect(await passes(phones(1))).toBe(false);
  });

  it('never lets a call pass that is larger than the budget, and says that waiting does not help', async () => {
    expect(await retryAt(phones(DAILY + 1))).toBeNull();
    expect(await used()).toBe(0);
  });

  it('rolls over 24 hours and not at midnight, to the millisecond', async () => {
    await setClock(START);
    const early = phones(4);
    await ask(early);
    await setClock(START + 20 * HOUR);
    await ask(phones(DAILY - 4));
    const more = phones(3);
    expect(await retryAt(more)).toBe(START + DAY);
    expect(await retryAt([...early, ...more])).toBe(START + DAY + 20 * HOUR);
    await setClock(START + DAY - 1);
    expect(await passes(more)).toBe(false);
    await setClock(START + DAY);
    expect(await passes(more)).toBe(true);
    expect(await used()).toBe(DAILY - 4 + 3);
  });

  it('rolls over 30 days of 24 hours, to the millisecond', async () => {
    await setClock(START);
    await ask(phones(DAILY));
    await setClock(START + DAY);
    await ask(phones(DAILY));
    await setClock(START + 2 * DAY);
    await ask(phones(MONTHLY - 2 * DAILY));
    const more = phones(2);
    expect(await retryAt(more)).toBe(START + 30 * DAY);
    await setClock(START + 30 * DAY - 1);
    expect(await passes(more)).toBe(false);
    await setClock(START + 30 * DAY);
    expect(await passes(more)).toBe(true);
    expect(await used()).toBe(2);
  });

  it('charges a number once in 30 days for the month, and every 24 hours for the day', async () => {
    const numbers = phones(DAILY);
    for (let day = 0; day < 5; day++) {
      await setClock(START + day * DAY);
      expect(await passes(numbers)).toBe(true);
      expect(await used()).toBe(DAILY);
    }
    await setClock(START + 5 * DAY);
    expect(await passes(phones(DAILY))).toBe(true);
    await setClock(START + 6 * DAY);
    expect(await retryAt(phones(6))).toBe(START + 30 * DAY);
  });

  it('lets what holds its places pass after a tier was lowered, and nothing more until there is room', async () => {
    await setClock(START);
    const numbers = phones(DAILY);
    await ask(numbers);
    await platform.database.sql(
      `UPDATE business SET reach_tier = 'TIER_250' WHERE id = (SELECT max(id::text)::uuid FROM business)`,
    );
    expect(await passes(numbers)).toBe(true);
    expect(await retryAt(phones(1))).toBe(START + 30 * DAY);
    expect(await retryAt(phones(2))).toBeNull();
  });

  it('gives back however many places fell out since the last call', async () => {
    await ask(phones(1));
    await platform.database.sql(`WITH business AS (SELECT max(id::text)::uuid AS id FROM business), old AS (
        INSERT INTO match_spend SELECT id, decode(lpad(to_hex(nr), 32, '0'), 'hex'),
          assent_now() - interval '2 days', assent_now() - interval '40 days'
        FROM business, generate_series(1, 45000) AS nr
      ) UPDATE match_budget SET day_used = day_used + 45000, month_used = month_used + 45000
        FROM business WHERE business_id = business.id`);
    expect(await passes(phones(DAILY))).toBe(false);
    expect(await used()).toBe(1);
    expect(await passes(phones(DAILY - 1))).toBe(true);
  });

  it('counts a number once that is asked for by many at once', async () => {
    const [phone] = phones(1) as [string];
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        match(platform.business(account.apiKey, servers[at % servers.length]), customersWith([phone])),
      ),
    );
    expect(results.every(({ results: answers }) => answers !== undefined)).toBe(true);
    expect(await used()).toBe(1);
  });
});
