import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { aCrowd } from '../support/builders/crowd.js';
import {
  aMessage,
  type Reachable,
  reachablePeople,
  send,
  wasAccepted,
} from '../support/builders/messaging.js';
import { preflight } from '../support/builders/preflight.js';
import { EVERYBODY_COUNTS, judgeAll } from '../support/builders/quality.js';
import { anApprovedTemplate } from '../support/builders/templates.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const DAY = 24 * 60 * 60 * 1000;

describe('the spam score', () => {
  let platform: TestPlatform;
  let account: TestBusiness;
  let business: GraphQLClient;
  let somebody: Reachable;

  beforeAll(async () => {
    platform = await startPlatform(EVERYBODY_COUNTS, { worker: false });
  });
  beforeEach(async () => {
    await platform.shiftClock(0);
    account = await aBusiness(platform);
    business = platform.business(account.apiKey);
    [somebody] = (await reachablePeople(platform, business, 1)) as [Reachable];
  });
  afterAll(() => platform.stop());

  const setClock = (at: number) =>
    platform.database
      .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
        AS $$ SELECT timestamptz '${new Date(at).toISOString()}' $$`);
  /** People whose reports were upheld now. */
  const upheld = async (count: number) => {
    const crowd = await aCrowd(platform, count, [account]);
    await platform.database.sql(
      `INSERT INTO quality_signal (lane, contact_id, subject_id, business_id, person_id, joined_at, first_at, reported_at,
          upheld, last_at)
        SELECT c.lane, c.id, c.business_id, c.business_id, c.person_id, assent_now(), assent_now(), assent_now(), true,
          assent_now()
        FROM contact c WHERE c.person_id = ANY ($1::uuid[])`,
      [crowd.map(({ personId }) => personId)],
    );
  };
  const score = async () => {
    const [row] = await platform.database.sql<{ score: number; at: Date }>(
      'SELECT score, at FROM spam_score WHERE business_id = $1',
      [parsePublicId('biz', account.id)],
    );
    return row!;
  };

  it('refuses what a business begins until it has faded, in preflight as in sending, to the millisecond', async () => {
    await upheld(20);
    await judgeAll(platform);
    const { score: found, at } = await score();
    expect(found).toBe(40);
    const retryAt = new Date(at.getTime() + 7 * DAY).toISOString();
    const [foreseen] = await preflight(business, [aMessage(somebody.contact)]);
    expect(foreseen).toMatchObject({
      outcome: 'REFUSED',
      because: { gate: 'SPAM_SCORE', reason: 'SPAM_SCORE', retryAt },
    });
    expect(await send(business, somebody.contact)).toMatchObject({ reason: 'SPAM_SCORE', retryAt });
    await setClock(Date.parse(retryAt) - 1);
    expect((await send(business, somebody.contact)).reason).toBe('SPAM_SCORE');
    await setClock(Date.parse(retryAt));
    expect(wasAccepted(await send(business, somebody.contact))).toBe(true);
  });

  it('lets codes pass, and answers to those who wrote', async () => {
    await send(business, somebody.contact);
    await upheld(30);
    await judgeAll(platform);
    expect(wasAccepted(await send(business, somebody.contact, { purpose: 'AUTHENTICATION' }))).toBe(true);
    expect((await send(business, somebody.contact)).reason).toBe('SPAM_SCORE');
    await write(somebody.person.api, account.id, 'Where is my order?');
    expect(wasAccepted(await send(business, somebody.contact))).toBe(true);
  });

  it('keeps the time that it told while nothing new happens, and moves it when somebody reports', async () => {
    await upheld(20);
    await judgeAll(platform);
    const { retryAt } = await send(business, somebody.contact);
    await platform.shiftClock(2 * DAY);
    await judgeAll(platform);
    expect((await send(business, somebody.contact)).retryAt).toBe(retryAt);
    await upheld(20);
    await judgeAll(platform);
    expect(Date.parse((await send(business, somebody.contact)).retryAt!)).toBeGreaterThan(
      Date.parse(retryAt!),
    );
  });

  it('counts templates that hide where their links lead', async () => {
    await judgeAll(platform);
    expect((await score()).score).toBe(0);
    await anApprovedTemplate(platform, platform.business(account.token), {
      texts: [{ language: 'en', body: 'Look here: https://bit.ly/x' }],
      parameters: [],
    });
    await judgeAll(platform);
    expect((await score()).score).toBe(5); // one of four templates that send
  });
});
