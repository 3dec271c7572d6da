import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { JudgeQuality } from '@assent/limits';
import { parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { eraseMe } from '../support/builders/erasure.js';
import { reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import {
  countsOf,
  EVERYBODY_COUNTS,
  exactQualityOf,
  judgeAll,
  qualityOf,
  untilJudged,
} from '../support/builders/quality.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const DAY_MS = 86_400_000;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform(EVERYBODY_COUNTS);
});
afterAll(() => platform.stop());

/** A business, and so many people to whom a message of it has become visible. */
async function messaged(
  count: number,
): Promise<{ shop: TestBusiness; business: GraphQLClient; people: Reachable[] }> {
  const shop = await aBusiness(platform);
  const business = platform.business(shop.apiKey);
  const people = await reachablePeople(platform, business, count);
  for (const { contact } of people) await send(business, contact);
  for (const { person } of people) await until('the message is there', () => newest(person.api));
  return { shop, business, people };
}
async function newest(person: GraphQLClient): Promise<string | undefined> {
  return (await person.do('{ inbox { nodes { id } } }')).inbox.nodes[0]?.id;
}
async function acknowledge(person: GraphQLClient, status: string): Promise<void> {
  const id = await newest(person);
  await person.do('mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { __typename } }', {
    input: { messages: [id], receipt: status },
  });
}
const change = (person: GraphQLClient, operation: string, input: string) =>
  person.do(`mutation { ${operation}(input: { ${input} }) { __typename } }`);
const all = ({ id }: TestBusiness) => `business: "${id}"`;
const marketing = (shop: TestBusiness) => `${all(shop)}, purpose: MARKETING`;
const simulate = async (shop: TestBusiness, input: Record<string, number>) =>
  (
    await platform
      .business(shop.apiKey)
      .do('query ($input: SimulateQualityInput!) { simulateQuality(input: $input) { level score } }', {
        input,
      })
  ).simulateQuality;

describe('quality', () => {
  it('is UNKNOWN of a business that nobody has reacted to, with the formula and nothing else', async () => {
    const shop = await aBusiness(platform);
    await judgeAll(platform);
    expect(await qualityOf(platform, shop)).toMatchObject({
      level: 'UNKNOWN',
      since: null,
      score: null,
      evidence: 0,
      restoring: null,
      judgedAt: null,
      formula: {
        halfLifeDays: 7,
        provenDays: 0,
        cohortPercent: 100,
        evidence: 1,
        greenFrom: 90,
        redBelow: 70,
      },
      inputs: expect.arrayContaining([{ outcome: 'REPORTED', conversations: 0, good: 0, bad: 10 }]),
    });
  });

  it('counts each conversation once, by what its person did last that weighs most', async () => {
    const { shop, people } = await messaged(5);
    const [reader, writer, stopper, blocker, silent] = people.map(({ person }) => person.api);
    await acknowledge(reader!, 'READ');
    await acknowledge(writer!, 'READ');
    await write(writer!, shop.id, 'Thank you, that suits me well');
    await acknowledge(stopper!, 'READ');
    await change(stopper!, 'stop', marketing(shop));
    await change(blocker!, 'block', all(shop));
    await acknowledge(silent!, 'DELIVERED');
    await untilJudged(platform, shop, 'all are counted', (_, counts) => {
      return (
        counts['READ'] === 1 && counts['REPLIED'] === 1 && counts['STOPPED'] === 1 && counts['BLOCKED'] === 1
      );
    });
    await platform.shiftClock(DAY_MS + 60_000);
    const later = await untilJudged(platform, shop, 'silence counts', (_, counts) => counts['SILENT'] === 1);
    expect(countsOf(later)).toEqual({ READ: 1, REPLIED: 1, STOPPED: 1, BLOCKED: 1, SILENT: 1 });
    await platform.shiftClock(0);

    await change(stopper!, 'allow', marketing(shop));
    await change(blocker!, 'unblock', all(shop));
    const back = await untilJudged(
      platform,
      shop,
      'what was taken back is gone',
      (_, counts) => !counts['STOPPED'],
    );
    expect(countsOf(back)).toMatchObject({ READ: 2, REPLIED: 1 });
  });

  it('says since when, what would restore it, and is an event when its level changes', async () => {
    const { shop, people } = await messaged(6);
    for (const { person } of people) await acknowledge(person.api, 'READ');
    const green = await untilJudged(platform, shop, 'it is known', ({ level }) => level !== 'UNKNOWN');
    expect(green).toMatchObject({ level: 'YELLOW', restoring: { level: 'GREEN' } });
    for (const { person } of people.slice(0, 4)) await change(person.api, 'block', all(shop));
    const red = await untilJudged(platform, shop, 'it is RED', ({ level }) => level === 'RED');
    expect(Date.parse(red.since)).toBeGreaterThanOrEqual(Date.parse(green.since));
    const { restoring } = red;
    expect(restoring.level).toBe('YELLOW');
    expect(await simulate(shop, { replies: restoring.replies })).toMatchObject({ level: 'YELLOW' });
    expect(await simulate(shop, { reads: restoring.reads - 1 })).toMatchObject({ level: 'RED' });
    const events = await platform.database.sql<{ data: any }>(
      `SELECT data FROM event WHERE business_id = $1 AND type = 'quality.changed' ORDER BY id`,
      [parsePublicId('biz', shop.id)],
    );
    expect(events.map(({ data }) => [data.from, data.to])).toEqual([
      ['UNKNOWN', 'YELLOW'],
      ['YELLOW', 'RED'],
    ]);
  });

  it('tells a business numbers too coarse to tell of one person, and nothing of another business', async () => {
    const { shop, people } = await messaged(6);
    for (const { person } of people) await acknowledge(person.api, 'READ');
    await untilJudged(platform, shop, 'all are counted', (_, counts) => counts['READ'] === 6);
    expect(countsOf(await qualityOf(platform, shop))).toEqual({ READ: 5 });
    expect(countsOf(await exactQualityOf(platform, shop))).toEqual({ READ: 6 });
    const other = await aBusiness(platform);
    expect(await qualityOf(platform, other)).toMatchObject({ level: 'UNKNOWN', evidence: 0 });
    const { businesses } = await people[0]!.person.api.do('{ businesses { nodes { quality } } }');
    expect(businesses.nodes).toEqual([{ quality: (await qualityOf(platform, shop)).level }]);
  });

  it('can be simulated: nothing more changes nothing, and reports cost what they cost', async () => {
    const { shop, people } = await messaged(6);
    for (const { person } of people) await acknowledge(person.api, 'READ');
    const now = await untilJudged(platform, shop, 'it is known', ({ level }) => level !== 'UNKNOWN');
    expect(await simulate(shop, {})).toEqual({ level: now.level, score: now.score });
    expect(await simulate(shop, { reports: 100 })).toMatchObject({ level: 'RED' });
    expect(await simulate(shop, { reads: 1_000, replies: 1_000 })).toMatchObject({ level: 'GREEN' });
    for (const field of ['reports', 'blocks', 'stops', 'replies', 'reads'])
      await expect(simulate(shop, { [field]: -1 })).rejects.toThrow(`input.${field}`);
    await expect(platform.admin().do('{ businessQuality(business: "biz_1") { level } }')).rejects.toThrow(
      /business/,
    );
  });

  it('reads each event once, however often and by however many it is judged', async () => {
    const { shop, people } = await messaged(3);
    for (const { person } of people) await acknowledge(person.api, 'READ');
    const judge = platform.app.get(JudgeQuality, { strict: false });
    await platform.database.sql('UPDATE quality_reader SET due_at = assent_now()');
    await Promise.all(Array.from({ length: 8 }, () => judge.execute()));
    const before = await untilJudged(platform, shop, 'all are counted', (_, counts) => counts['READ'] === 3);
    // As if a crash had undone how far the events were read.
    await platform.database.sql(`UPDATE quality_reader SET xid = '0', due_at = assent_now()`);
    await platform.database.sql('UPDATE quality_consent_reader SET leaves = 0');
    await judgeAll(platform);
    expect(countsOf(await exactQualityOf(platform, shop))).toEqual(countsOf(before));
  });

  it('forgets a person who is erased, and does not learn of them again', async () => {
    const { shop, people } = await messaged(1);
    const { person } = people[0] as Reachable;
    await acknowledge(person.api, 'READ');
    await untilJudged(platform, shop, 'it is counted', (_, counts) => counts['READ'] === 1);
    await eraseMe(person);
    const [row] = await platform.database.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM quality_signal s WHERE business_id = $1`,
      [parsePublicId('biz', shop.id)],
    );
    expect(row?.count).toBe(0);
    await platform.database.sql(`UPDATE quality_reader SET xid = '0'`);
    await judgeAll(platform);
    expect(countsOf(await exactQualityOf(platform, shop))).toEqual({});
  });

  it.each([
    ['business', 'SELECT FROM quality_signal'],
    ['business', 'UPDATE quality SET score = 1'],
    ['admin', 'SELECT FROM quality_signal'],
    ['person', 'UPDATE quality_signal SET stopped_at = now()'],
    ['person', 'SELECT FROM quality'],
  ])('beneath the API: the role %s may not: %s', async (role, sql) => {
    const login = new pg.Client({ connectionString: platform.database.appUrl });
    await login.connect();
    await login.query(`BEGIN; SET LOCAL ROLE assent_${role}`);
    await expect(login.query(sql)).rejects.toThrow(/permission denied/);
    await login.end();
  });
});
