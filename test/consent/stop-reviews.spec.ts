import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { matchAll, reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import {
  answer,
  ledgerOf,
  NO_MORE_NEWSLETTERS,
  NO_MORE_TEXTS,
  questionsOf,
  resolve,
  reviewsOf,
} from '../support/builders/stop-words.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const DAY_MS = 86_400_000;

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
let admin: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  shop = await aBusiness(platform, { displayName: 'Lindenbaum' });
  business = platform.business(shop.apiKey);
  admin = platform.admin();
});
afterEach(() => platform.shiftClock(0));
afterAll(() => platform.stop());

/** Somebody of the shop whose sentence waits for its review, and that review. */
async function found(text = NO_MORE_NEWSLETTERS): Promise<Reachable & { review: any; question: string }> {
  const [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
  await write(reachable.person.api, shop.id, text);
  const { nodes } = await reviewsOf(business, '(open: true, first: 100)');
  const review = nodes.find(({ contact }: any) => contact.id === reachable.contact);
  const [question] = await questionsOf(reachable.person);
  return { ...reachable, review, question: question.id };
}
const onesOf = async (client: GraphQLClient, args: string) => (await reviewsOf(client, args)).nodes;

describe('a business', () => {
  it('sees what its contact wrote, and by when to review it', async () => {
    const { review, contact } = await found();
    expect(review).toMatchObject({
      id: expect.stringMatching(/^rev_/),
      contact: { id: contact },
      text: NO_MORE_NEWSLETTERS,
      language: 'en',
      rule: expect.stringMatching(/^[a-z]/),
      overdue: false,
      answer: null,
      outcome: null,
    });
    expect(Date.parse(review.dueAt) - Date.parse(review.detectedAt)).toBe(12 * DAY_MS);
    await platform.shiftClock(12 * DAY_MS + 60_000);
    expect(await onesOf(business, '(open: true, first: 100)')).toContainEqual({ ...review, overdue: true });
  });

  it('sees nothing of another one, and can say nothing of it', async () => {
    const other = await aBusiness(platform);
    const theirs = platform.business(other.apiKey);
    const { review, person, question } = await found();
    const [contact] = (await matchAll(theirs, [person])) as [Reachable];
    expect(await onesOf(theirs, '')).toEqual([]);
    await expect(resolve(theirs, review.id, 'HONOURED')).rejects.toThrow(/input.review/);
    // The same person, twice in review: nothing that both businesses see is the same.
    await write(person.api, other.id, NO_MORE_NEWSLETTERS);
    const [mine] = await onesOf(theirs, '');
    expect(mine.contact.id).toBe(contact.contact);
    expect([mine.id, mine.contact.id]).not.toEqual(expect.arrayContaining([review.id]));
    const ofOperator = await onesOf(admin, '(first: 100)');
    const ids = [question, review.id, mine.id, ...ofOperator.map(({ id }: any) => id)];
    expect(new Set(ids.map((id: string) => id.split('_')[1])).size).toBe(ids.length);
  });

  it('can not lift it: its opinion is kept, and only the person’s own word changes anything', async () => {
    const { review, contact, person, question } = await found(NO_MORE_TEXTS);
    const before = await ledgerOf(person);
    expect(await resolve(business, review.id, 'NOT_A_STOP', 'They were joking.')).toMatchObject({
      message: expect.stringContaining('The stop stands'),
      review: { outcome: 'NOT_A_STOP', note: 'They were joking.', reviewer: 'BUSINESS' },
    });
    expect(await ledgerOf(person)).toEqual(before);
    expect(await send(business, contact, { purpose: 'MARKETING' })).toMatchObject({
      reason: 'CONSENT_STOPPED',
    });
    for (const again of ['HONOURED', 'NOT_A_STOP'])
      expect(await resolve(business, review.id, again)).toMatchObject({ reason: 'ALREADY_RESOLVED' });
    expect(await answer(person, question, 'NOT_A_STOP')).toMatchObject({ consent: { standing: 'LIFTED' } });
  });

  it('is told what the person answered, but not that it concerns others too', async () => {
    const { review, person, question } = await found(NO_MORE_TEXTS);
    await answer(person, question, 'EVERYTHING');
    const closed = await onesOf(business, '(open: false, first: 100)');
    expect(closed.find(({ id }: any) => id === review.id)).toMatchObject({
      answer: 'BUSINESS',
      answeredAt: expect.any(String),
      overdue: false,
    });
    const told = await onesOf(admin, '(open: false, first: 100)');
    expect(told.some((one: any) => one.answer === 'EVERYTHING')).toBe(true);
    expect(await resolve(business, review.id, 'HONOURED')).toMatchObject({ reason: 'ALREADY_RESOLVED' });
  });

  it('reviews once, of however many that do it at once', async () => {
    const { review } = await found();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => resolve(business, review.id, 'HONOURED')),
    );
    expect(results.filter(({ reason }) => !reason)).toHaveLength(1);
    await expect(resolve(business, review.id, 'HONOURED', 'x'.repeat(1_001))).rejects.toThrow(/input.note/);
  });

  it('reads them by deadline, page by page', async () => {
    for (let count = 0; count < 3; count++) await found();
    const all = await onesOf(business, '(first: 100)');
    const read: any[] = [];
    for (let after = '', more = true; more;) {
      const { nodes, pageInfo } = await reviewsOf(business, `(first: 2${after && `, after: "${after}"`})`);
      read.push(...nodes);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(read).toEqual(all);
    const times = all.map(({ dueAt }: any) => Date.parse(dueAt));
    expect(times).toEqual([...times].sort((a: number, b: number) => a - b));
  });
});

describe('the operator', () => {
  it('sees those of all businesses with their names, overdue first, and reviews them', async () => {
    await found();
    await platform.shiftClock(13 * DAY_MS);
    await found();
    const open = await onesOf(admin, '(open: true, first: 100)');
    const overdue = open.map((one: any) => one.overdue);
    expect(overdue).toEqual([...overdue].sort((a: boolean, b: boolean) => Number(b) - Number(a)));
    expect(new Set(overdue)).toEqual(new Set([true, false]));
    const mine = open.filter(({ businessName }: any) => businessName === 'Lindenbaum');
    expect(mine[0]).toMatchObject({ businessId: shop.id, text: NO_MORE_NEWSLETTERS });
    expect(await resolve(admin, mine[0].id, 'NOT_A_STOP')).toMatchObject({
      message: expect.stringContaining('only the person'),
      review: { outcome: 'NOT_A_STOP', reviewer: 'OPERATOR' },
    });
    expect(await resolve(admin, mine[0].id, 'HONOURED')).toMatchObject({ reason: 'ALREADY_RESOLVED' });
    const theirs = await onesOf(business, '(open: false, first: 100)');
    expect(theirs.some((one: any) => one.reviewer === 'OPERATOR')).toBe(true);
  });

  it.each([
    ['admin', 'SELECT person_id FROM stop_review'],
    ['admin', 'SELECT contact_id FROM stop_review'],
    ['admin', `UPDATE stop_review SET answer = 'NOT_A_STOP', answered_at = now()`],
    ['admin', 'SELECT FROM message'],
    ['business', 'SELECT person_id FROM stop_review'],
    ['business', 'SELECT answer FROM stop_review'],
    ['business', `UPDATE stop_review SET answer = 'NOT_A_STOP', answered_at = now()`],
    ['person', `UPDATE stop_review SET outcome = 'HONOURED'`],
  ])('beneath the API: the role %s may not: %s', async (role, sql) => {
    const login = new pg.Client({ connectionString: platform.database.appUrl });
    await login.connect();
    await login.query(`BEGIN; SET LOCAL ROLE assent_${role}`);
    await expect(login.query(sql)).rejects.toThrow(/permission denied/);
    await login.end();
  });
});
