import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RestrictByQuality } from '@assent/limits';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd } from '../support/builders/crowd.js';
import { appeal, currentRestriction, decideAppeal, lift } from '../support/builders/limits.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const EVIDENCE = 3;
const DAY = 24 * 60 * 60 * 1000;

describe('the ladder of restrictions', () => {
  let platform: TestPlatform;
  let business: TestBusiness;

  beforeAll(async () => {
    platform = await startPlatform({ RESTRICTION_EVIDENCE: String(EVIDENCE) }, { worker: false });
  });
  beforeEach(async () => {
    await platform.shiftClock(0);
    await platform.database.sql('DELETE FROM quality');
    business = await aBusiness(platform);
    await platform.database.sql(
      `INSERT INTO quality VALUES ($1, $1, 'RED', assent_now(), 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, assent_now())`,
      [parsePublicId('biz', business.id)],
    );
  });
  afterAll(() => platform.stop());

  const round = () => platform.app.get(RestrictByQuality, { strict: false }).execute();
  const current = () => currentRestriction(platform, business.token);
  /** People who react in this way now. */
  const react = async (how: 'reported_at' | 'blocked_at' | 'stopped_at', count: number) => {
    const crowd = await aCrowd(platform, count, [business]);
    await platform.database.sql(
      `INSERT INTO quality_signal (lane, contact_id, subject_id, business_id, person_id, joined_at, first_at, ${how}, last_at)
       SELECT c.lane, c.id, c.business_id, c.business_id, c.person_id, assent_now(), assent_now(), assent_now(), assent_now()
       FROM contact c WHERE c.person_id = ANY ($1::uuid[])`,
      [crowd.map(({ personId }) => personId)],
    );
  };

  it('begins with a day, by enough people who spoke against a RED business, with what it rests on', async () => {
    await react('reported_at', 1);
    await react('blocked_at', 1);
    expect([await round(), await current()]).toEqual([0, null]);
    await react('stopped_at', 1);
    expect(await round()).toBe(1);
    expect(await current()).toMatchObject({
      rung: 'DAY_1',
      cause: 'QUALITY',
      reason: expect.stringContaining('RED'),
      evidence: [
        { what: 'reports', count: 1 },
        { what: 'blocks', count: 1 },
        { what: 'stops', count: 1 },
      ],
    });
    await until('the owner was told', async () => platform.notices(business.ownerEmail).length === 1);
  });

  it('restricts once, however many workers look at it', async () => {
    await react('reported_at', EVIDENCE);
    const rounds = await Promise.all([round(), round(), round(), round()]);
    expect(rounds.reduce((sum, restricted) => sum + restricted)).toBe(1);
  });

  it('goes up by a rung, after the former has ended, by what people said since', async () => {
    await react('reported_at', EVIDENCE);
    await round();
    await react('reported_at', EVIDENCE);
    expect(await round()).toBe(0);
    for (const [day, rung] of [
      [2, 'DAYS_3'],
      [6, 'DAYS_7'],
      [14, 'DAYS_30'],
      [45, 'CLOSURE'],
    ] as const) {
      await platform.shiftClock(day * DAY);
      expect(await round()).toBe(0); // what was said before, or during, the former one
      await react('reported_at', EVIDENCE);
      expect(await round()).toBe(1);
      await platform.database.sql(`UPDATE member_session SET expires_at = 'infinity'`);
      expect(await current()).toMatchObject({
        rung,
        evidence: [{ what: 'reports', count: EVIDENCE }, {}, {}],
      });
    }
    await platform.shiftClock(400 * DAY);
    expect((await current())?.rung).toBe('CLOSURE');
  });

  it('forgets a restriction that was overturned, and what it rested on', async () => {
    await react('reported_at', EVIDENCE);
    await round();
    const { id } = (await current())!;
    await appeal(platform, business.token, id);
    await decideAppeal(platform, id, 'OVERTURNED');
    expect([await round(), await current()]).toEqual([0, null]);
    await react('blocked_at', EVIDENCE);
    await round();
    expect(await current()).toMatchObject({
      rung: 'DAY_1',
      evidence: [{ count: 0 }, { count: EVIDENCE }, {}],
    });
  });

  it('goes on from a restriction that was lifted', async () => {
    await react('reported_at', EVIDENCE);
    await round();
    await lift(platform, (await current())!.id);
    expect(await round()).toBe(0);
    await react('reported_at', EVIDENCE);
    await round();
    expect((await current())?.rung).toBe('DAYS_3');
  });

  it('leaves alone who is not RED', async () => {
    await react('reported_at', EVIDENCE);
    await platform.database.sql(`UPDATE quality SET level = 'YELLOW'`);
    expect(await round()).toBe(0);
  });
});
