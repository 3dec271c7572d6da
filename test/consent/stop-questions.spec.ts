import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { exported, records, unpacked } from '../privacy/exports.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { holdNewest, messagesWith, write } from '../support/builders/conversations.js';
import { customersWith, match } from '../support/builders/matching.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { EVERY_OTHER, publishPolicy } from '../support/builders/policy.js';
import { proveNumber, type TestPerson } from '../support/builders/people.js';
import {
  answer,
  ledgerOf,
  NO_MORE_NEWSLETTERS,
  NO_MORE_TEXTS,
  questionsOf,
  reviewsOf,
} from '../support/builders/stop-words.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;
let heal: () => void = () => undefined;

beforeAll(async () => {
  platform = await startPlatform();
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterEach(async () => {
  heal();
  heal = () => undefined;
  await platform.shiftClock(0);
});
afterAll(() => platform.stop());

const somebody = async (): Promise<Reachable> => (await reachablePeople(platform, business, 1))[0]!;
const say = async ({ api }: TestPerson, action: 'allow' | 'stop') =>
  (
    await api.do(
      `mutation ($of: ID!) { ${action}(input: { business: $of, purpose: MARKETING }) { consent { since } } }`,
      { of: shop.id },
    )
  )[action].consent;
const marketing = ({ contact }: Reachable) => send(business, contact, { purpose: 'MARKETING' });

/** Somebody whose sentence was taken for a stop, and the question. */
async function asked({ optedIn = false } = {}): Promise<Reachable & { question: string; since: string }> {
  const reachable = await somebody();
  const { since } = optedIn ? await say(reachable.person, 'allow') : { since: '' };
  await write(reachable.person.api, shop.id, NO_MORE_NEWSLETTERS);
  const [question] = await questionsOf(reachable.person);
  return { ...reachable, question: question.id, since };
}

describe('a sentence that asks to stop', () => {
  it('stops MARKETING of that business in one transaction, and SERVICE goes on', async () => {
    const reachable = await somebody();
    const { person, contact } = reachable;
    await say(person, 'allow');
    const { release } = await holdNewest(platform);
    await sendAll(business, [
      aMessage(contact, { purpose: 'MARKETING', text: 'Sale!' }),
      aMessage(contact, { purpose: 'SERVICE', text: 'Your bike is ready.' }),
    ]);
    expect(await write(person.api, shop.id, NO_MORE_NEWSLETTERS)).toMatchObject({
      __typename: 'WriteToBusinessPayload',
      understood: 'STOP_REQUEST',
      consent: { scope: 'BUSINESS_PURPOSE', purpose: 'MARKETING', standing: 'STOPPED' },
    });
    expect(await ledgerOf(person)).toEqual(['STOP MARKETING by free-text', 'ALLOW MARKETING by app']);
    const [row] = await platform.database.sql<{ one: boolean }>(
      `SELECT e.xmin = m.xmin AS one FROM message m JOIN consent_event e USING (lane, person_id)
        WHERE m.status = 'SUPPRESSED' AND e.source = 'free-text' ORDER BY m.id DESC LIMIT 1`,
    );
    expect(row?.one).toBe(true);
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    await release();
    const inbox = await until('SERVICE is visible', async () => {
      const { inbox } = await person.api.do('{ inbox { nodes { text } } }');
      return inbox.nodes.length > 0 && inbox.nodes;
    });
    expect(inbox).toEqual([{ text: 'Your bike is ready.' }]);
    expect((await messagesWith(business, contact)).map(({ status }) => status)).toContain('SUPPRESSED');
  });

  it.each([
    [NO_MORE_NEWSLETTERS, 'MARKETING'],
    [NO_MORE_TEXTS, 'BUSINESS'],
  ])('is put to the person as a question, once: %s', async (text, suggested) => {
    const { person } = await somebody();
    await write(person.api, shop.id, text);
    await write(person.api, shop.id, NO_MORE_TEXTS);
    const questions = await questionsOf(person, '(open: true)');
    expect(questions).toMatchObject([{ text, suggested, answer: null, business: { id: shop.id } }]);
    const { notices } = await person.api.do(
      `{ notices { nodes { __typename text ... on StopQuestionNotice { questionId suggested } } } }`,
    );
    const asking = notices.nodes.filter(({ __typename }: any) => __typename === 'StopQuestionNotice');
    expect(asking).toMatchObject([{ questionId: questions[0].id, suggested }]);
    expect(asking[0].text).not.toContain(text);
  });

  it('holds where the process dies before it is asked about, and the same request asks', async () => {
    const reachable = await somebody();
    const { person } = reachable;
    await say(person, 'allow');
    heal = plantFault((sql) => (sql.includes('INSERT INTO stop_review') ? 'SELECT 1/0' : sql));
    const dying = write(person.api, shop.id, NO_MORE_NEWSLETTERS, 'sentence');
    await expect(dying).rejects.toThrow(/INTERNAL_SERVER_ERROR/);
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    expect(await questionsOf(person)).toEqual([]);
    heal();
    await write(person.api, shop.id, NO_MORE_NEWSLETTERS, 'sentence');
    const [question] = await questionsOf(person);
    await answer(person, question.id, 'NOT_A_STOP');
    expect(await marketing(reachable)).toMatchObject({ __typename: 'AcceptedMessage' });
  });

  it('is not undone by the business finding the person again', async () => {
    const reachable = await asked({ optedIn: true });
    await match(business, customersWith([reachable.person.phone]));
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_STOPPED' });
  });
});

describe('what is kept of a sentence', () => {
  it('is in the person’s own copy', async () => {
    const { person, question } = await asked();
    await answer(person, question, 'BUSINESS');
    const files = await unpacked(await exported(platform, person));
    expect(records(files, 'stop-questions.jsonl')).toMatchObject([
      { id: question, text: NO_MORE_NEWSLETTERS, answer: 'BUSINESS', outcome: null },
    ]);
  });

  it('is gone at once with the person', async () => {
    const { person, contact } = await asked();
    const kept = async () => {
      const { nodes } = await reviewsOf(business, '(first: 100)');
      return nodes.filter((review: any) => review.contact?.id === contact).length;
    };
    expect(await kept()).toBe(1);
    await platform.shiftClock(30 * 60_000);
    const before = (await reviewsOf(business, '(first: 100)')).nodes.length;
    expect(await proveNumber(platform, person.phone, { startAnew: true })).toMatchObject({
      startedAnew: true,
    });
    expect(await kept()).toBe(0);
    expect((await reviewsOf(business, '(first: 100)')).nodes).toHaveLength(before - 1);
  });
});

describe('the answer', () => {
  it.each([
    ['MARKETING', { scope: 'BUSINESS_PURPOSE', purpose: 'MARKETING' }, 'STOP MARKETING', 'AcceptedMessage'],
    ['BUSINESS', { scope: 'BUSINESS', purpose: null }, 'STOP EVERYTHING', 'RefusedMessage'],
    ['EVERYTHING', { scope: 'EVERYTHING', purpose: null }, 'STOP EVERYTHING of all', 'RefusedMessage'],
  ])('%s stops that much', async (is, scope, entry, service) => {
    const reachable = await asked({ optedIn: true });
    expect(await answer(reachable.person, reachable.question, is)).toMatchObject({
      question: { answer: is },
      consent: { ...scope, standing: 'STOPPED' },
    });
    expect((await ledgerOf(reachable.person))[0]).toBe(`${entry} by stop-question`);
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    expect(await send(business, reachable.contact)).toMatchObject({ __typename: service });
    expect(await questionsOf(reachable.person, '(open: true)')).toEqual([]);
  });

  it('NOT_A_STOP lets an opt-in that it ended go on, with the term that it had', async () => {
    const optIn = { purpose: 'MARKETING', basis: 'OPT_IN' as const, validDays: 10 };
    const purposes = EVERY_OTHER.purposes.map((rule) => (rule.purpose === 'MARKETING' ? optIn : rule));
    await publishPolicy(platform.admin(), [{ country: 'DE', purposes }]);
    const reachable = await somebody();
    const { person } = reachable;
    const { since } = await say(person, 'allow');
    await platform.shiftClock(4 * 86_400_000);
    await write(person.api, shop.id, NO_MORE_TEXTS);
    const [question] = await questionsOf(person);
    expect(await answer(person, question.id, 'NOT_A_STOP')).toMatchObject({
      question: { answer: 'NOT_A_STOP' },
      consent: { purpose: 'MARKETING', standing: 'ALLOWED', since },
    });
    expect(await ledgerOf(person)).toEqual([
      'ALLOW MARKETING by stop-question',
      'LIFT MARKETING by stop-question',
      'STOP MARKETING by free-text',
      'ALLOW MARKETING by app',
    ]);
    expect(await marketing(reachable)).toMatchObject({ __typename: 'AcceptedMessage' });
    await platform.shiftClock(10 * 86_400_000 + 60_000);
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_MISSING' });
  });

  it('NOT_A_STOP opts in to nothing where there was no opt-in', async () => {
    const reachable = await asked();
    expect(await answer(reachable.person, reachable.question, 'NOT_A_STOP')).toMatchObject({
      consent: { standing: 'LIFTED' },
    });
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_MISSING' });
  });

  it('NOT_A_STOP leaves a stop alone that the person made otherwise', async () => {
    const reachable = await asked({ optedIn: true });
    await say(reachable.person, 'stop');
    expect(await answer(reachable.person, reachable.question, 'NOT_A_STOP')).toMatchObject({
      consent: { standing: 'STOPPED' },
    });
    expect(await marketing(reachable)).toMatchObject({ reason: 'CONSENT_STOPPED' });
  });

  it('is taken once, from however many devices; the same again changes nothing', async () => {
    const { person, question } = await asked({ optedIn: true });
    const taken = await Promise.all(Array.from({ length: 5 }, () => answer(person, question, 'NOT_A_STOP')));
    expect(taken.map(({ __typename }) => __typename)).toEqual(Array(5).fill('AnswerStopQuestionPayload'));
    expect(await ledgerOf(person)).toHaveLength(4);
    expect(await answer(person, question, 'BUSINESS')).toMatchObject({
      reason: 'ALREADY_ANSWERED',
      question: { answer: 'NOT_A_STOP' },
    });
    expect(await ledgerOf(person)).toHaveLength(4);
    await write(person.api, shop.id, NO_MORE_TEXTS);
    expect(await questionsOf(person, '(open: true)')).toHaveLength(1);
  });

  it('is nobody else’s to give', async () => {
    const { question } = await asked();
    const { person } = await somebody();
    await expect(answer(person, question, 'NOT_A_STOP')).rejects.toThrow(/input.question/);
    expect(await questionsOf(person)).toEqual([]);
  });
});
