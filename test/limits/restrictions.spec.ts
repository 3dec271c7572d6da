import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MailOwnerNotices } from '@assent/accounts';
import { ExtendLog } from '@assent/consent';
import { ReadStops } from '@assent/limits';
import { DispatchMessages } from '@assent/messaging';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import {
  appeal,
  currentRestriction,
  decideAppeal,
  lift,
  restrict,
  RESTRICTION,
  type TestRestriction,
} from '../support/builders/limits.js';
import { reachablePeople, send } from '../support/builders/messaging.js';
import { judgeAll } from '../support/builders/quality.js';
import { eventsOf } from '../support/builders/webhooks.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const DAY = 24 * 60 * 60 * 1000;

describe('restrictions', () => {
  let platform: TestPlatform;
  let business: TestBusiness;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
  });
  beforeEach(async () => {
    await platform.shiftClock(0);
    business = await aBusiness(platform);
  });
  afterAll(() => platform.stop());

  const part = <Part>(type: new (...parts: never[]) => Part) => platform.app.get(type, { strict: false });
  const own = async (): Promise<TestRestriction[]> => {
    const { restrictions } = await platform
      .business(business.apiKey)
      .do<{ restrictions: { nodes: TestRestriction[] } }>(`{ restrictions { nodes { ${RESTRICTION} } } }`);
    return restrictions.nodes;
  };
  const openAppeals = async (): Promise<string[]> => {
    const { restrictionAppeals } = await platform
      .admin()
      .do<{ restrictionAppeals: { nodes: { id: string }[] } }>(`{ restrictionAppeals { nodes { id } } }`);
    return restrictionAppeals.nodes.map(({ id }) => id);
  };

  it.each([
    ['DAY_1', 1],
    ['DAYS_3', 3],
    ['DAYS_7', 7],
    ['DAYS_30', 30],
    ['CLOSURE', null],
  ])('last as long as their rung says: %s', async (rung, days) => {
    const restriction = await restrict(platform, business, rung);
    const lasts = restriction.until && Date.parse(restriction.until) - Date.parse(restriction.beganAt);
    expect(lasts).toBe(days && days * DAY);
    expect(await currentRestriction(platform, business.token)).toEqual(restriction);
    expect(await own()).toEqual([restriction]);
  });

  it('are over when their time has come, to the millisecond', async () => {
    const { until: end } = await restrict(platform, business, 'DAY_1');
    const setClock = (at: number) =>
      platform.database
        .sql(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
          AS $$ SELECT timestamptz '${new Date(at).toISOString()}' $$`);
    await setClock(Date.parse(end!) - 1);
    expect(await currentRestriction(platform, business.apiKey)).not.toBeNull();
    await setClock(Date.parse(end!));
    expect(await currentRestriction(platform, business.apiKey)).toBeNull();
  });

  it('are told to the owners by mail and to the business by events', async () => {
    const { id, until: end } = await restrict(platform, business, 'DAYS_3');
    await lift(platform, id);
    const types = ['restriction.began', 'restriction.ended'];
    await platform.eventsShow();
    const events = await eventsOf(platform.business(business.apiKey), { types });
    expect(events.map(({ payload }) => JSON.parse(payload))).toMatchObject([
      {
        type: 'restriction.began',
        data: { restriction: id, rung: 'DAYS_3', until: end, reason: 'Unwanted messages.' },
      },
      { type: 'restriction.ended', data: { restriction: id, how: 'LIFTED', reason: 'We talked.' } },
    ]);
    const told = () => platform.notices(business.ownerEmail);
    await until('both notices were mailed', async () => told().length === 2);
    expect(told().sort()).toEqual(['Your business is no longer restricted', 'Your business is restricted']);
  });

  it('say how many people had spoken against the business, also where an admin imposed them', async () => {
    const [stopper, blocker] = await reachablePeople(platform, platform.business(business.apiKey), 2);
    for (const { contact } of [stopper!, blocker!]) await send(platform.business(business.apiKey), contact);
    while (await part(DispatchMessages).execute());
    for (const [{ person }, operation] of [[stopper!, 'stop'] as const, [blocker!, 'block'] as const]) {
      const type = operation === 'stop' ? 'StopInput' : 'BlockInput';
      await person.api.do(`mutation ($input: ${type}!) { ${operation}(input: $input) { __typename } }`, {
        input: { business: business.id },
      });
    }
    while (await part(ExtendLog).execute());
    while (await part(ReadStops).execute());
    await judgeAll(platform);
    expect(await restrict(platform, business, 'DAY_1')).toMatchObject({
      cause: 'ADMIN',
      evidence: [
        { what: 'reports', count: 0 },
        { what: 'blocks', count: 1 },
        { what: 'stops', count: 1 },
      ],
    });
  });

  it('are mailed by a worker where the process that told of them died', async () => {
    await platform.database.sql(
      `INSERT INTO owner_notice (id, business_id, subject, text, made_at, due_at)
        VALUES (gen_random_uuid(), $1, 'Your business is restricted', 'Since noon.', assent_now(), assent_now())`,
      [parsePublicId('biz', business.id)],
    );
    await Promise.all([part(MailOwnerNotices).execute(), part(MailOwnerNotices).execute()]);
    expect(platform.notices(business.ownerEmail)).toEqual(['Your business is restricted']);
    expect(await platform.database.sql('SELECT FROM owner_notice')).toEqual([]);
  });

  it('are lifted by an admin, once', async () => {
    const { id } = await restrict(platform, business, 'CLOSURE');
    expect(await lift(platform, id)).toMatchObject({
      restriction: { id, endedHow: 'LIFTED', endReason: 'We talked.' },
    });
    expect(await currentRestriction(platform, business.apiKey)).toBeNull();
    expect((await lift(platform, id)).reason).toBe('RESTRICTION_OVER');
    expect((await lift(platform, business.id.replace('biz', 'rst'))).reason).toBe('RESTRICTION_NOT_FOUND');
  });

  it('take the place of one that is in force', async () => {
    const first = await restrict(platform, business, 'DAYS_30');
    const second = await restrict(platform, business, 'DAY_1');
    expect(await own()).toMatchObject([
      { id: second.id, endedHow: null },
      { id: first.id, endedHow: 'REPLACED' },
    ]);
    expect(await currentRestriction(platform, business.apiKey)).toMatchObject({ id: second.id });
  });

  it('are appealed against once, decided once, and end at once when overturned', async () => {
    const { id } = await restrict(platform, business, 'DAYS_7');
    expect(await appeal(platform, business.token, id)).toMatchObject({
      restriction: { appeal: { text: 'They all asked for it.', decision: null } },
    });
    expect((await appeal(platform, business.token, id)).reason).toBe('ALREADY_APPEALED');
    expect(await openAppeals()).toContain(id);
    const decisions = await Promise.all([
      decideAppeal(platform, id, 'OVERTURNED'),
      decideAppeal(platform, id, 'OVERTURNED'),
    ]);
    expect(decisions.map(({ reason }) => reason).sort()).toEqual(['NO_OPEN_APPEAL', undefined]);
    expect(await openAppeals()).not.toContain(id);
    expect(await currentRestriction(platform, business.apiKey)).toBeNull();
    expect(await own()).toMatchObject([
      {
        endedHow: 'OVERTURNED',
        appeal: { decision: 'OVERTURNED', decisionReason: 'We looked at the messages.' },
      },
    ]);
  });

  it('stay when an appeal is turned down', async () => {
    const { id } = await restrict(platform, business, 'DAYS_7');
    await appeal(platform, business.token, id);
    await decideAppeal(platform, id, 'UPHELD');
    expect(await currentRestriction(platform, business.apiKey)).toMatchObject({
      id,
      appeal: { decision: 'UPHELD' },
    });
    expect((await decideAppeal(platform, id, 'OVERTURNED')).reason).toBe('NO_OPEN_APPEAL');
  });

  it('can be appealed against for 30 days after they ended, and by nobody but the business’s managers', async () => {
    const { id } = await restrict(platform, business, 'DAY_1');
    const other = await aBusiness(platform);
    expect((await appeal(platform, other.token, id)).reason).toBe('RESTRICTION_NOT_FOUND');
    await expect(appeal(platform, business.apiKey, id)).rejects.toThrow('FORBIDDEN');
    await expect(appeal(platform, business.token, id, 'x'.repeat(2_001))).rejects.toThrow('1 to 2,000');
    await platform.database.sql(
      `UPDATE restriction SET began_at = began_at - interval '31 days', until = until - interval '31 days'`,
    );
    expect((await appeal(platform, business.token, id)).reason).toBe('APPEAL_TOO_LATE');
    await platform.database.sql(`UPDATE restriction SET until = until + interval '1 minute'`);
    expect((await appeal(platform, business.token, id)).restriction).toMatchObject({ id });
  });
});
