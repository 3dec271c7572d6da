import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { eraseMe } from '../support/builders/erasure.js';
import { reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import type { TestPerson } from '../support/builders/people.js';
import { countsOf, EVERYBODY_COUNTS, qualityOf, untilJudged } from '../support/builders/quality.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const DAY_MS = 86_400_000;
const TEXT = 'You have won. Send us your PIN.';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
let admin: GraphQLClient;
beforeAll(async () => {
  platform = await startPlatform(EVERYBODY_COUNTS);
  shop = await aBusiness(platform, { displayName: 'Lindenbaum' });
  business = platform.business(shop.apiKey);
  admin = platform.admin();
});
afterEach(() => platform.shiftClock(0));
afterAll(() => platform.stop());

const MY_REPORT = 'id kind text note decision business { displayName }';
const REPORT = `id businessId businessName kind text note claimedBy claimedUntil decision decisionNote decidedBy
  history { step adminId }`;

async function report(
  person: TestPerson,
  message: string,
  changes: Record<string, unknown> = {},
): Promise<any> {
  const { reportMessage } = await person.api.do(
    `mutation ($input: ReportMessageInput!) { reportMessage(input: $input) {
      ... on ReportMessagePayload { repeated report { ${MY_REPORT} } } ... on Refusal { reason message retryAt }
    } }`,
    { input: { message, kind: 'FRAUD', ...changes } },
  );
  return reportMessage;
}
const reportsOf = async (client: GraphQLClient, args: string, fields: string): Promise<any> =>
  (await client.do(`{ reports${args} { nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`)).reports;
const handle = async (
  client: GraphQLClient,
  operation: string,
  input: Record<string, unknown>,
): Promise<any> => {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
  const answer = await client.do(
    `mutation ($input: ${type}!) { ${operation}(input: $input) {
      ... on HandleReportPayload { report { ${REPORT} } } ... on ReportNotHandled { reason retryAt report { id decision } }
    } }`,
    { input },
  );
  return answer[operation];
};

/** A person who has received so many messages, newest last. */
async function received(count = 1): Promise<Reachable & { messages: string[] }> {
  const [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
  for (let nr = 0; nr < count; nr++) await send(business, reachable.contact, { text: TEXT });
  const messages = await until('the messages are there', async () => {
    const { inbox } = await reachable.person.api.do('{ inbox(first: 100) { nodes { id } } }');
    return inbox.nodes.length === count && inbox.nodes.map(({ id }: any) => id);
  });
  return { ...reachable, messages };
}
/** A report that is open, as the operator sees it. */
async function reported(): Promise<{ person: TestPerson; message: string; id: string }> {
  const { person, messages } = await received();
  const before = (await reportsOf(admin, '(first: 100, open: true)', 'id')).nodes.map(({ id }: any) => id);
  await report(person, messages[0]!);
  const { nodes } = await reportsOf(admin, '(first: 100, open: true)', 'id');
  const { id } = nodes.find((node: any) => !before.includes(node.id));
  return { person, message: messages[0]!, id };
}

describe('a person', () => {
  it('reports a message, once, and reads what they reported', async () => {
    const { person, messages } = await received();
    const first = await report(person, messages[0]!, { note: 'My bank would never ask.' });
    expect(first).toMatchObject({
      repeated: false,
      report: {
        kind: 'FRAUD',
        text: TEXT,
        note: 'My bank would never ask.',
        business: { displayName: 'Lindenbaum' },
      },
    });
    const again = await report(person, messages[0]!, { kind: 'SPAM', note: null });
    expect(again).toEqual({ ...first, repeated: true });
    expect((await reportsOf(person.api, '', MY_REPORT)).nodes).toEqual([first.report]);
    const raced = await Promise.all(Array.from({ length: 5 }, () => report(person, messages[0]!)));
    expect(new Set(raced.map((each) => each.report.id)).size).toBe(1);
  });

  it('blocks the business with it, where they want', async () => {
    const { person, contact, messages } = await received();
    await report(person, messages[0]!, { alsoBlock: true });
    expect(await send(business, contact)).toMatchObject({ reason: 'CONTACT_BLOCKED' });
  });

  it('can report nothing that they did not receive, and says why in a note of up to 1,000 characters', async () => {
    const [one, other] = [await received(), await received()];
    await expect(report(one.person, other.messages[0]!)).rejects.toThrow(/input.message/);
    await expect(report(one.person, 'msg_1')).rejects.toThrow(/input.message/);
    for (const note of [' ', 'x'.repeat(1_001)])
      await expect(report(one.person, one.messages[0]!, { note })).rejects.toThrow(/input.note/);
  });

  it('makes at most 20 reports in 24 hours: REPORT_LIMIT', async () => {
    const { person, messages } = await received(21);
    for (const message of messages.slice(0, 20))
      expect(await report(person, message)).toMatchObject({ repeated: false });
    const refused = await report(person, messages[20]!);
    expect(refused).toMatchObject({ reason: 'REPORT_LIMIT' });
    await platform.shiftClock(DAY_MS + 60_000);
    expect(await report(person, messages[20]!)).toMatchObject({ repeated: false });
  });

  it('takes their reports along when they are erased', async () => {
    const { person, id } = await reported();
    await eraseMe(person);
    const { nodes } = await reportsOf(admin, '(first: 100)', 'id');
    expect(nodes.map((node: any) => node.id)).not.toContain(id);
  });
});

describe('the operator', () => {
  it('sees the message and the business, claims a report and decides it, with a history', async () => {
    const { id } = await reported();
    const { report: claimed } = await handle(admin, 'claimReport', { report: id });
    expect(claimed).toMatchObject({
      businessId: shop.id,
      businessName: 'Lindenbaum',
      kind: 'FRAUD',
      text: TEXT,
      note: null,
      claimedBy: expect.stringMatching(/^adm_/),
      decision: null,
    });
    const { report: decided } = await handle(admin, 'decideReport', {
      report: id,
      decision: 'UPHELD',
      note: 'Phishing.',
    });
    expect(decided).toMatchObject({
      decision: 'UPHELD',
      decisionNote: 'Phishing.',
      decidedBy: claimed.claimedBy,
      history: [{ step: 'CLAIMED' }, { step: 'UPHELD', adminId: claimed.claimedBy }],
    });
    const closed = await reportsOf(admin, '(first: 100, open: false)', 'id');
    expect(closed.nodes).toContainEqual({ id });
  });

  it('decides a report once: ALREADY_DECIDED', async () => {
    const { id } = await reported();
    const input = { report: id, decision: 'DISMISSED', note: 'It was a joke.' };
    const answers = await Promise.all(Array.from({ length: 4 }, () => handle(admin, 'decideReport', input)));
    expect(answers.filter(({ reason }) => !reason)).toHaveLength(1);
    expect(await handle(admin, 'claimReport', { report: id })).toMatchObject({
      reason: 'ALREADY_DECIDED',
      report: { decision: 'DISMISSED' },
    });
    await expect(handle(admin, 'claimReport', { report: 'rpt_1' })).rejects.toThrow(/input.report/);
  });

  it('leaves a report to who has claimed it, for 30 minutes: CLAIMED_BY_ANOTHER', async () => {
    const { id } = await reported();
    await platform.database.sql(`INSERT INTO admin (id, name, created_at)
      VALUES ('01990000-0000-7000-8000-000000000001', 'Somebody else', now()) ON CONFLICT DO NOTHING`);
    await handle(admin, 'claimReport', { report: id });
    await platform.database.sql(
      `UPDATE report SET claimed_by = '01990000-0000-7000-8000-000000000001' WHERE claimed_until > now() AND decision IS NULL`,
    );
    const input = { report: id, decision: 'UPHELD', note: 'Mine.' };
    expect(await handle(admin, 'decideReport', input)).toMatchObject({ reason: 'CLAIMED_BY_ANOTHER' });
    await platform.shiftClock(31 * 60_000);
    expect(await handle(admin, 'decideReport', input)).toMatchObject({ report: { decision: 'UPHELD' } });
  });

  it.each([
    ['admin', 'SELECT person_id FROM report'],
    ['admin', 'SELECT message_id FROM report'],
    ['admin', 'SELECT contact_id FROM report'],
    ['business', 'SELECT FROM report'],
    ['engine', 'SELECT content FROM report'],
    ['person', `UPDATE report SET decision = 'UPHELD'`],
  ])('beneath the API: the role %s may not: %s', async (role, sql) => {
    const login = new pg.Client({ connectionString: platform.database.appUrl });
    await login.connect();
    await login.query(`BEGIN; SET LOCAL ROLE assent_${role}`);
    await expect(login.query(sql)).rejects.toThrow(/permission denied/);
    await login.end();
  });
});

describe('a report', () => {
  it('counts while it is open, not once it was dismissed, and twice once it was upheld', async () => {
    const fresh = await aBusiness(platform);
    [shop, business] = [fresh, platform.business(fresh.apiKey)];
    const [one, other] = [await reported(), await reported()];
    const open = await untilJudged(platform, fresh, 'both count', (_, counts) => counts['REPORTED'] === 2);
    await handle(admin, 'decideReport', { report: one.id, decision: 'DISMISSED', note: 'No.' });
    await untilJudged(platform, fresh, 'one counts', (_, counts) => counts['REPORTED'] === 1);
    await handle(admin, 'decideReport', { report: other.id, decision: 'UPHELD', note: 'Yes.' });
    const upheld = await untilJudged(platform, fresh, 'it is upheld', (_, counts) => counts['UPHELD'] === 1);
    expect(countsOf(upheld)).toEqual({ UPHELD: 1 });
    expect(upheld.score).toBeLessThan(open.score);
    // Its business sees neither the report nor that one person more or less made one.
    expect(countsOf(await qualityOf(platform, fresh))).toEqual({});
  });
});
