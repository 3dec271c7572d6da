import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages, ReleaseHeld } from '@assent/messaging';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { switches, switchOff, switchOn } from '../support/builders/kill-switches.js';
import { aMessage, sendAll } from '../support/builders/messaging.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { switchViolations } from './switch-oracle.js';

const WORKERS = 8;
const PEOPLE = 600;
const BATCH = 25;

describe('promise: a kill switch holds from its commit on, while workers dispatch at full speed', () => {
  let platform: TestPlatform;
  let shop: TestBusiness;
  let crowd: CrowdMember[];
  let template: string;
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform(
      { DATABASE_POOL_SIZE: '32', PAIR_BURST: '10000', REACH_TIERS: '10000,20000,30000,40000' },
      { worker: false },
    );
    shop = await aBusiness(platform);
    crowd = await aCrowd(platform, PEOPLE, [shop]);
    const { templates } = await platform.business(shop.apiKey).do('{ templates { nodes { id name } } }');
    template = templates.nodes.find(({ name }: { name: string }) => name === 'any-service').id;
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  /** Everybody is written to and workers dispatch, while a switch is set; then it is lifted, and the rest goes on. */
  async function race(
    target: Record<string, unknown>,
  ): Promise<{ visible: number; accepted: number; held: number }> {
    const business = platform.business(shop.apiKey);
    const batches = Array.from({ length: PEOPLE / BATCH }, (_, at) =>
      crowd.slice(at * BATCH, (at + 1) * BATCH).map(({ contacts }) => aMessage(contacts[0]!)),
    );
    let refused = 0;
    const dispatch = platform.app.get(DispatchMessages, { strict: false });
    let over = false;
    const working = Array.from({ length: WORKERS }, async () => {
      while (!over) if (!(await dispatch.execute())) await new Promise((resolve) => setTimeout(resolve, 1));
    });
    const sending = [0, 1].map(async () => {
      for (let batch = batches.pop(); batch; batch = batches.pop())
        refused += (await sendAll(business, batch)).filter(({ reason }) => reason).length;
    });
    await until('some were sent', async () => batches.length < (PEOPLE / BATCH) * 0.6);
    const { id } = await switchOff(platform, target);
    await Promise.all(sending);
    over = true;
    await Promise.all(working);
    await dispatchAll(platform);
    const found = await switchViolations(platform);
    const [row] = await platform.database.sql<{ held: number }>(
      `SELECT count(*)::int AS held FROM message_wait`,
    );
    await switchOn(platform, id);
    await platform.app.get(ReleaseHeld, { strict: false }).execute();
    await dispatchAll(platform);
    return { ...found, held: (row?.held ?? 0) + refused };
  }

  it('shows and accepts nothing after it, and what it held when it is lifted', async () => {
    let held = 0;
    for (const target of [
      { kind: 'BUSINESS', business: shop.id },
      { kind: 'TEMPLATE', template },
    ]) {
      const outcome = await race(target);
      expect(outcome).toMatchObject({ visible: 0, accepted: 0 });
      held += outcome.held;
    }
    expect(held).toBeGreaterThan(0); // the race was one
    const [left] = await platform.database.sql(
      `SELECT count(*)::int AS left FROM message WHERE status <> 'DISPATCHED'`,
    );
    expect(left).toEqual({ left: 0 });
    expect(await switches(platform, true)).toEqual([]);
  }, 60_000);

  it('would, and this be noticed, if decisions did not hold the lock that they share', async () => {
    heal = plantFault((sql) =>
      sql.replace("(SELECT true FROM pg_advisory_xact_lock_shared(hashtext('assent_decisions')))", 'true'),
    );
    let late = 0;
    // A race can by chance end well; hardly ever so often.
    for (let round = 0; late === 0 && round < 10; round++) {
      const { visible, accepted } = await race({ kind: 'BUSINESS', business: shop.id });
      late = visible + accepted;
    }
    expect(late).toBeGreaterThan(0);
  }, 120_000);
});
