import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordReports } from '@assent/limits';
import { Database, parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd } from '../support/builders/crowd.js';
import { exactQualityOf, judgeAll } from '../support/builders/quality.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

type What = 'READ' | 'REPLIED' | 'REPORTED';

let platform: TestPlatform;
let other: TestBusiness;
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  other = await aBusiness(platform);
});
afterAll(() => platform.stop());

const idOf = ({ id }: TestBusiness) => parsePublicId('biz', id);

/**
 * So many people whom a business messaged, with what they did: events as dispatch, receipts and answers write them. An
 * event needs an id that no other of its transaction has: that of the contact will do.
 */
async function reacting(
  shop: TestBusiness,
  count: number,
  what: (at: number) => What,
  { joinedDaysAgo, known }: { joinedDaysAgo: (at: number) => number; known: boolean },
): Promise<void> {
  const people = await aCrowd(platform, count, known ? [shop, other] : [shop]);
  const ids = people.map(({ personId }) => personId);
  await platform.database.sql(
    `UPDATE person p SET created_at = assent_now() - make_interval(days => t.days)
      FROM unnest($1::uuid[], $2::int[]) AS t (id, days) WHERE p.id = t.id`,
    [ids, ids.map((_, at) => joinedDaysAgo(at))],
  );
  await platform.database.sql(
    `INSERT INTO event (business_id, id, type, lane, contact_id, data, at)
      SELECT c.business_id, c.id, 'message.status', c.lane, c.id, jsonb_build_object('status', 'DISPATCHED'), assent_now() - interval '2 hours'
      FROM contact c WHERE c.person_id = ANY ($1::uuid[])`,
    [ids],
  );
  const doing = (kind: What) => ids.filter((_, at) => what(at) === kind);
  for (const [kind, type, data] of [
    ['READ', 'message.status', '{"status": "READ"}'],
    ['REPLIED', 'message.received', null],
  ] as const) {
    await platform.database.sql(
      `INSERT INTO event (business_id, id, type, lane, contact_id, data, at)
        SELECT business_id, id, $3, lane, id, $4::jsonb, assent_now()
        FROM contact WHERE person_id = ANY ($1::uuid[]) AND business_id = $2`,
      [doing(kind), idOf(shop), type, data],
    );
  }
  await report(shop, doing('REPORTED'));
}

async function report(shop: TestBusiness, personIds: string[]): Promise<void> {
  const contacts = await platform.database.sql<{ id: string; now: Date }>(
    'SELECT id, assent_now() AS now FROM contact WHERE person_id = ANY ($1::uuid[]) AND business_id = $2',
    [personIds, idOf(shop)],
  );
  const reports = platform.app.get(RecordReports, { strict: false });
  await platform.app.get(Database, { strict: false }).transaction({ role: 'engine' }, async (tx) => {
    const businessId = idOf(shop) ?? '';
    const all = contacts.map(({ id, now }) => ({
      contactId: id,
      businessId,
      subjectId: businessId,
      reportedAt: now,
      upheld: false,
    }));
    await reports.execute(tx, all);
  });
}

async function judged(shop: TestBusiness): Promise<any> {
  await judgeAll(platform);
  return exactQualityOf(platform, shop);
}

const CUSTOMERS = { joinedDaysAgo: (at: number) => 60 + (at % 300), known: true };
const NEW_ACCOUNTS = { joinedDaysAgo: () => 0, known: false };
const PATIENT_PUPPETS = { joinedDaysAgo: () => 90, known: false };

describe('quality under attack', () => {
  it('of a GREEN business is not RED after 1,000 new accounts reported it', async () => {
    const shop = await aBusiness(platform);
    await reacting(shop, 300, () => 'READ', CUSTOMERS);
    const before = await judged(shop);
    expect(before).toMatchObject({ level: 'GREEN' });
    await reacting(shop, 1_000, () => 'REPORTED', NEW_ACCOUNTS);
    const after = await judged(shop);
    expect(after.inputs).toContainEqual(
      expect.objectContaining({ outcome: 'REPORTED', conversations: 1_000 }),
    );
    expect(['GREEN', 'YELLOW']).toContain(after.level);
    expect(before.score - after.score).toBeLessThanOrEqual(20);
  });

  it('of a RED business is not above YELLOW after 3,000 patient sock puppets replied to it', async () => {
    const shop = await aBusiness(platform);
    await reacting(shop, 300, (at) => (at % 6 === 0 ? 'REPORTED' : 'READ'), CUSTOMERS);
    const before = await judged(shop);
    expect(before).toMatchObject({ level: 'RED' });
    await reacting(shop, 3_000, () => 'REPLIED', PATIENT_PUPPETS);
    const after = await judged(shop);
    expect(after.inputs).toContainEqual(
      expect.objectContaining({ outcome: 'REPLIED', conversations: 3_000 }),
    );
    expect(['RED', 'YELLOW']).toContain(after.level);
    expect(after.score - before.score).toBeLessThanOrEqual(20);
  });
});
