import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RaiseReachTiers } from '@assent/limits';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd } from '../support/builders/crowd.js';
import { restrict } from '../support/builders/limits.js';
import { aMessage, sendAll, wasAccepted } from '../support/builders/messaging.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

describe('the reach tier of a business that uses it', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startPlatform({ REACH_TIERS: '2,8,20,40' }, { worker: false });
  });
  afterAll(() => platform.stop());

  const round = () => platform.app.get(RaiseReachTiers, { strict: false }).execute();
  const tierOf = async (business: TestBusiness): Promise<string> => {
    const { viewer } = await platform
      .business(business.apiKey)
      .do<{ viewer: { business: { reachTier: string } } }>('{ viewer { business { reachTier } } }');
    return viewer.business.reachTier;
  };
  const changesOf = async (business: TestBusiness) => {
    const { reachTierChanges } = await platform
      .business(business.apiKey)
      .do<{ reachTierChanges: { nodes: object[] } }>(
        `{ reachTierChanges(first: 1) { nodes { from to cause people places quality } } }`,
      );
    return reachTierChanges.nodes;
  };
  /** Messages people, each once. It was verified long enough ago. */
  const aBusinessThatStarted = async (people: number): Promise<TestBusiness> => {
    await platform.shiftClock(0);
    const business = await aBusiness(platform);
    const crowd = await aCrowd(platform, people, [business]);
    const sent = await sendAll(
      platform.business(business.apiKey),
      crowd.map(({ contacts: [contact] }) => aMessage(contact!)),
    );
    expect(sent.every(wasAccepted)).toBe(true);
    await platform.database.sql(`UPDATE reach_tier_change SET changed_at = changed_at - interval '25 hours'`);
    return business;
  };

  it('is raised by one tier when half of its places were used, with the grounds and an event', async () => {
    const business = await aBusinessThatStarted(4);
    expect(await round()).toBe(1);
    expect(await tierOf(business)).toBe('TIER_10K');
    expect(await changesOf(business)).toEqual([
      { from: 'TIER_2K', to: 'TIER_10K', cause: 'USE', people: 4, places: 8, quality: 'UNKNOWN' },
    ]);
    const events = await platform.database.sql<{ data: object }>(
      `SELECT data FROM event WHERE type = 'reach_tier.changed'`,
    );
    expect(events).toMatchObject([{ data: { from: 'TIER_2K', to: 'TIER_10K', cause: 'USE', people: 4 } }]);
  });

  /** Four workers at once. @returns how often they raised it */
  const raises = async (): Promise<number> => {
    const rounds = await Promise.all([round(), round(), round(), round()]);
    return rounds.reduce((sum, raised) => sum + raised);
  };

  it('is raised once in 24 hours, however many workers look at it', async () => {
    const business = await aBusinessThatStarted(8);
    expect(await raises()).toBe(1);
    expect(await tierOf(business)).toBe('TIER_10K');
  });

  it('would be raised more often, and this be noticed, without the locks', async () => {
    let raised = 1;
    // A race can by chance end well; hardly ever so often.
    for (let attempt = 0; raised === 1 && attempt < 10; attempt++) {
      await aBusinessThatStarted(8);
      // Making a row that is not there would be a lock, too.
      await platform.database.sql(
        'INSERT INTO match_budget (business_id) SELECT id FROM business ON CONFLICT DO NOTHING',
      );
      const heal = plantFault(withoutLocks);
      raised = await raises().finally(heal);
    }
    expect(raised).toBeGreaterThan(1);
  }, 120_000);

  it.each([
    ['fewer people than half', 3, 0, ''],
    ['people of more than 7 days ago', 4, 7 * DAY + HOUR, ''],
    [
      'half of its places, at a quality that is RED',
      4,
      0,
      `INSERT INTO quality SELECT id, id, 'RED', assent_now(), 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, assent_now() FROM business
       ORDER BY id DESC LIMIT 1`,
    ],
  ])('stays for one that started %s', async (_, people, ago, arranged) => {
    const business = await aBusinessThatStarted(people);
    await platform.shiftClock(ago);
    if (arranged) await platform.database.sql(arranged);
    await round();
    expect(await tierOf(business)).toBe('TIER_2K');
  });

  it('stays for one that is restricted', async () => {
    const business = await aBusinessThatStarted(4);
    await restrict(platform, business, 'DAY_1');
    await round();
    expect(await tierOf(business)).toBe('TIER_2K');
  });
});
