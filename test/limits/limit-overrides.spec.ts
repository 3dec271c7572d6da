import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { endLimit, OVERRIDE, type Override, setLimit, setTier } from '../support/builders/limits.js';
import { customersWith, match } from '../support/builders/matching.js';
import { aPhone } from '../support/builders/people.js';
import { eventsOf } from '../support/builders/webhooks.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const DAILY = 10;
/** A race can by chance end well; hardly ever so often. */
const MOST_ROUNDS = 20;
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** So far ahead that going back from it, or to it, is never taken for a debt of requests: those are of three minutes at most. */
const START = Date.now() + HOUR;

describe('limits set for one business', () => {
  let platform: TestPlatform;
  let servers: string[];
  let business: TestBusiness;

  beforeAll(async () => {
    const settings = { MATCH_DAILY: `1,${DAILY},100,1000,10000`, MATCH_MONTHLY: '2,1000,2000,3000,10000' };
    platform = await startPlatform(settings, { worker: false });
    servers = [platform.url, await platform.anotherServer()];
  });
  beforeEach(async () => {
    await platform.shiftClock(0);
    business = await aBusiness(platform);
  });
  afterAll(() => platform.stop());

  const setClock = (at: number) =>
    platform.database
      .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT timestamptz '${new Date(at).toISOString()}' $$`);
  const ask = (count: number, server = 0) =>
    match(
      platform.business(business.apiKey, servers[server]),
      customersWith(Array.from({ length: count }, aPhone)),
    );
  const passes = async (count: number) => (await ask(count)).results !== undefined;
  const history = async (kind?: string): Promise<Override[]> => {
    const { limitOverrides } = await platform
      .admin()
      .do<{ limitOverrides: { nodes: Override[] } }>(
        `query ($business: ID!, $kind: LimitKind) { limitOverrides(business: $business, kind: $kind) { nodes { ${OVERRIDE} } } }`,
        { business: business.id, kind },
      );
    return limitOverrides.nodes;
  };

  it('count instead of what is configured, for that business only', async () => {
    const other = await aBusiness(platform);
    await setLimit(platform, business, 'MATCH_DAILY', DAILY + 2);
    expect(await passes(DAILY + 3)).toBe(false);
    expect(await passes(DAILY + 2)).toBe(true);
    const { reason } = await match(
      platform.business(other.apiKey),
      customersWith(Array.from({ length: DAILY + 1 }, aPhone)),
    );
    expect(reason).toBe('MATCH_BUDGET');
  });

  it('count up to their last millisecond', async () => {
    await setClock(START);
    await setLimit(platform, business, 'MATCH_DAILY', DAILY + 5, new Date(START + HOUR));
    await setClock(START + HOUR - 1);
    expect(await passes(DAILY + 1)).toBe(true);
    await setClock(START + HOUR);
    expect(await passes(1)).toBe(false);
  });

  it('give the time at which their own end lets a call pass, to the millisecond', async () => {
    await setClock(START);
    await setLimit(platform, business, 'MATCH_DAILY', 0, new Date(START + HOUR));
    const { reason, retryAt } = await ask(3);
    expect({ reason, retryAt: Date.parse(retryAt ?? '') }).toEqual({
      reason: 'MATCH_BUDGET',
      retryAt: START + HOUR,
    });
    await setClock(START + HOUR - 1);
    expect(await passes(3)).toBe(false);
    await setClock(START + HOUR);
    expect(await passes(3)).toBe(true);
  });

  it('do not promise a time at which they have ended', async () => {
    await setClock(START);
    await setLimit(platform, business, 'MATCH_DAILY', DAILY + 5, new Date(START + HOUR));
    expect(await passes(DAILY + 5)).toBe(true);
    // Five would fit again after a day, were the limit still 15; it is 10 then, and all places fall out at that time.
    expect(Date.parse((await ask(5)).retryAt ?? '')).toBe(START + DAY);
    expect((await ask(DAILY + 1)).retryAt).toBeNull();
  });

  it('are ended by an admin, replaced by the next one, and kept for ever with who, when and why', async () => {
    const { override: first } = await setLimit(platform, business, 'MATCH_DAILY', 0);
    expect(await passes(1)).toBe(false);
    const { override: second } = await setLimit(platform, business, 'MATCH_DAILY', 1);
    expect(await passes(1)).toBe(true);
    expect(await passes(1)).toBe(false);
    await endLimit(platform, second!.id);
    expect(await passes(1)).toBe(true);
    const { admin } = await platform.admin().do<{ admin: { id: string } }>('{ admin { id } }');
    expect(await history('MATCH_DAILY')).toMatchObject([
      { id: second!.id, value: 1, setBy: admin.id, endReason: 'The launch is over.' },
      { id: first!.id, value: 0, setBy: admin.id, endReason: 'Another one was set in its place.' },
    ]);
    expect(await history('THROUGHPUT')).toEqual([]);
    expect((await endLimit(platform, second!.id)).reason).toBe('ALREADY_ENDED');
  });

  it('are refused where there is no such business or override, or they would end in the past', async () => {
    expect(
      await setLimit(platform, { id: 'biz_' + 'a'.repeat(25) }, 'MATCH_DAILY', 1).catch(badInput),
    ).toMatch(/must be an id that begins with biz_/);
    const stranger = await anUnverifiedBusiness(platform);
    const gone = stranger.id.replace(/.{4}$/, 'aaaa');
    expect([(await setLimit(platform, { id: gone }, 'MATCH_DAILY', 1)).reason]).toEqual([
      'BUSINESS_NOT_FOUND',
    ]);
    const late = setLimit(platform, business, 'MATCH_DAILY', 1, new Date(Date.now() - 1));
    expect(await late.catch(badInput)).toMatch(/endsAt must be in the future/);
    expect(await setLimit(platform, business, 'PAIR_BURST', 0).catch(badInput)).toMatch(
      /value must be 1 to 10000 for PAIR_BURST/,
    );
    expect((await endLimit(platform, business.id.replace('biz', 'ovr'))).reason).toBe('OVERRIDE_NOT_FOUND');
  });

  it('are spent exactly when they change under many calls at once', async () => {
    await ask(4);
    const calls = Array.from({ length: 24 }, (_, at) => ask(1, at % servers.length));
    const [{ override }] = await Promise.all([
      setLimit(platform, business, 'MATCH_DAILY', DAILY + 6),
      ...calls,
    ]);
    // Whoever came before the change had room for 10, and everybody after it for 16.
    while (await passes(1));
    expect(await used()).toBe(DAILY + 6);
    await endLimit(platform, override!.id);
    expect(await passes(1)).toBe(false);
  });

  /** Sixteen calls race with a limit that is lowered to nothing. @returns how much was spent after that committed */
  async function spentAfterwards(): Promise<number> {
    business = await aBusiness(platform);
    const calls = Promise.allSettled(Array.from({ length: 16 }, (_, at) => ask(1, at % servers.length)));
    await setLimit(platform, business, 'MATCH_DAILY', 0);
    const atTheChange = await used();
    await calls;
    return ((await used()) ?? 0) - (atTheChange ?? 0);
  }

  it('let nothing pass that commits after they were lowered', async () => {
    for (let round = 0; round < 5; round++) expect(await spentAfterwards()).toBe(0);
  });

  it('would let something pass, and this be noticed, without the locks', async () => {
    const heal = plantFault(withoutLocks);
    try {
      let spent = 0;
      for (let round = 0; spent === 0 && round < MOST_ROUNDS; round++) spent = await spentAfterwards();
      expect(spent).toBeGreaterThan(0);
    } finally {
      heal();
    }
  }, 180_000);

  it('tell the business so by an event', async () => {
    const { override } = await setLimit(platform, business, 'THROUGHPUT', 200);
    await endLimit(platform, override!.id);
    await setTier(platform, business, 'TIER_10K');
    const types = ['limit_override.changed', 'reach_tier.changed'];
    await platform.eventsShow();
    const events = await eventsOf(platform.business(business.apiKey), { types });
    expect(events.map(({ payload }) => JSON.parse(payload))).toMatchObject([
      { type: 'limit_override.changed', data: { kind: 'THROUGHPUT', value: 200 } },
      { type: 'limit_override.changed', data: { kind: 'THROUGHPUT', value: null } },
      { type: 'reach_tier.changed', data: { from: 'TIER_2K', to: 'TIER_10K', cause: 'ADMIN' } },
    ]);
  });

  it('are not what changes a tier, whose history says who raised it and why', async () => {
    expect(await setTier(platform, business, 'TIER_2K')).toMatchObject({ reason: 'SAME_TIER' });
    expect(await setTier(platform, business, 'TIER_250')).toMatchObject({
      change: { from: 'TIER_2K', to: 'TIER_250', cause: 'ADMIN' },
    });
    expect(await passes(2)).toBe(false);
    const { reachTierChanges } = await platform
      .business(business.apiKey)
      .do(`{ reachTierChanges { nodes { from to cause reason people } } }`);
    expect(reachTierChanges.nodes).toEqual([
      { from: 'TIER_2K', to: 'TIER_250', cause: 'ADMIN', reason: 'Agreed by contract.', people: null },
      { from: 'TIER_250', to: 'TIER_2K', cause: 'VERIFICATION', reason: null, people: null },
    ]);
  });

  const used = async () => {
    const [row] = await platform.database.sql<{ day_used: number }>(
      'SELECT coalesce(max(day_used), 0) AS day_used FROM match_budget WHERE business_id = (SELECT max(id::text)::uuid FROM business)',
    );
    return row?.day_used;
  };
  const badInput = (error: unknown) => String(error);
});
