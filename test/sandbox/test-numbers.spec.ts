import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_OUTCOMES } from '../../libs/sandbox/src/domain/test-outcomes.js';
import { anUnverifiedBusiness } from '../support/builders/accounts.js';
import { messagesWith } from '../support/builders/conversations.js';
import { from, sha256 } from '../support/builders/media.js';
import { send, type SendResult } from '../support/builders/messaging.js';
import { contactOf, inTestMode, testContact, testNumber } from '../support/builders/test-mode.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const HOUR = 3_600_000;
const PURPOSES = ['AUTHENTICATION', 'SERVICE', 'MARKETING'] as const;

/** Each test asks for one number, so that the outcomes of the table are all tested. */
const tested = new Set<string>();

describe('test numbers, for a business that nobody has verified', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;

  beforeAll(async () => {
    platform = await startPlatform();
    business = await inTestMode(platform, (await anUnverifiedBusiness(platform)).token);
  });
  afterAll(() => platform.stop());

  /** A contact whom nobody has messaged. */
  async function somebody(ending: string): Promise<string> {
    tested.add(ending);
    return testContact(business, ending, '212');
  }
  /** What becomes of a message of each purpose. */
  async function ofEach(contact: string): Promise<SendResult[]> {
    const results: SendResult[] = [];
    for (const purpose of PURPOSES) results.push(await send(business, contact, { purpose }));
    return results;
  }
  const reasons = (results: SendResult[]) => results.map(({ reason }) => reason);
  const waits = (results: SendResult[]) => results.map(({ deferredBecause }) => deferredBecause);
  const at = (contact: string, count: number, ...statuses: string[]) =>
    until(`${count} messages are ${statuses.join(' or ')}`, async () => {
      const all = await messagesWith(business, contact);
      return all.length === count && all.every(({ status }) => statuses.includes(status)) && all;
    });
  /** What a person wrote. */
  const answerOf = (contact: string) =>
    until('there is an answer', async () =>
      (await messagesWith(business, contact)).find(({ direction }) => direction === 'INBOUND'),
    );

  it('00: every message is delivered and read', async () => {
    const contact = await somebody('00');
    expect(reasons(await ofEach(contact))).toEqual([undefined, undefined, undefined]);
    await at(contact, 3, 'READ');
  });

  it('01: every message is delivered, and not read', async () => {
    const contact = await somebody('01');
    await ofEach(contact);
    await at(contact, 3, 'DELIVERED');
    await turnsAreOver();
    await at(contact, 3, 'DELIVERED');
  });

  it('02: nothing is delivered', async () => {
    const contact = await somebody('02');
    await ofEach(contact);
    await at(contact, 3, 'DISPATCHED');
    await turnsAreOver();
    await at(contact, 3, 'DISPATCHED');
  });

  it('03: marketing has no opt-in', async () => {
    expect(reasons(await ofEach(await somebody('03')))).toEqual([undefined, undefined, 'CONSENT_MISSING']);
  });

  it('10: everything is stopped', async () => {
    expect(reasons(await ofEach(await somebody('10')))).toEqual(PURPOSES.map(() => 'CONSENT_STOPPED'));
  });

  it('11: marketing is stopped', async () => {
    expect(reasons(await ofEach(await somebody('11')))).toEqual([undefined, undefined, 'CONSENT_STOPPED']);
  });

  it('12: the business is blocked', async () => {
    expect(reasons(await ofEach(await somebody('12')))).toEqual(PURPOSES.map(() => 'CONTACT_BLOCKED'));
  });

  it('13: the first message is answered with STOP', async () => {
    const contact = await somebody('13');
    await send(business, contact);
    expect((await answerOf(contact)).text).toBe('STOP');
    expect(reasons(await ofEach(contact))).toEqual(PURPOSES.map(() => 'CONSENT_STOPPED'));
  });

  it('14: the contact is gone after the first message, and the number is somebody else’s', async () => {
    const contact = await somebody('14');
    await send(business, contact);
    await until('they are gone', async () => (await send(business, contact)).reason === 'CONTACT_GONE');
    const successor = await contactOf(business, testNumber('14', '212'));
    expect(successor).not.toBe(contact);
    expect((await send(business, successor!)).reason).toBeUndefined();
  });

  it('20: a pause lets all but AUTHENTICATION wait', async () => {
    expect(waits(await ofEach(await somebody('20')))).toEqual([null, 'PAUSED', 'PAUSED']);
  });

  it('21: marketing waits for the morning', async () => {
    const results = await ofEach(await somebody('21'));
    expect(waits(results)).toEqual([null, null, 'QUIET_HOURS']);
    const wait = Date.parse(results[2]!.deferredUntil!) - Date.now();
    expect(wait).toBeGreaterThan(8.9 * HOUR);
    expect(wait).toBeLessThanOrEqual(10 * HOUR);
  });

  it('22: no marketing is wanted', async () => {
    expect(reasons(await ofEach(await somebody('22')))).toEqual([undefined, undefined, 'MARKETING_CAP']);
  });

  it('23: the second marketing message waits', async () => {
    const contact = await somebody('23');
    expect(waits(await ofEach(contact))).toEqual([null, null, null]);
    await at(contact, 3, 'READ');
    expect(waits(await ofEach(contact))).toEqual([null, null, 'MARKETING_CAP']);
  });

  it('24: the pair limit is used up', async () => {
    const contact = await somebody('24');
    const results = await ofEach(contact);
    expect(reasons(results)).toEqual(PURPOSES.map(() => 'PAIR_LIMIT'));
    expect(Date.parse(results[0]!.retryAt!)).toBeGreaterThan(Date.now() + 6 * 24 * HOUR);
  });

  it('30: every message is answered', async () => {
    const contact = await somebody('30');
    const { id } = await send(business, contact);
    expect(await answerOf(contact)).toMatchObject({
      text: 'Thank you, this is a reply.',
      status: 'DELIVERED',
    });
    const all = await messagesWith(business, contact);
    expect(all.find((message) => message.id === id).status).toBe('READ');
  });

  it('31: every message is answered with a picture', async () => {
    const contact = await somebody('31');
    await send(business, contact);
    const { id } = await answerOf(contact);
    const { message } = await business.do(
      `query ($id: ID!) { message(id: $id) { text media { type bytes sha256 name url } } }`,
      { id },
    );
    expect(message).toMatchObject({
      text: 'Thank you, this is a picture.',
      media: { type: 'image/png', bytes: 67, name: 'picture.png' },
    });
    const answer = await fetch(from(platform.url, message.media.url));
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(message.media.sha256);
  });

  it('are all tested here', () => {
    expect([...tested].sort()).toEqual(Object.keys(TEST_OUTCOMES).sort());
  });

  it.each(['99', '42'])('%s is nobody’s', async (ending) => {
    expect(await contactOf(business, testNumber(ending))).toBeUndefined();
  });

  it('do the same after they are matched again, and at any time of the day', async () => {
    const contact = await somebody('20');
    await platform.shiftClock(13 * HOUR);
    for (const ending of ['00', '21', '20', '24']) expect(await somebody(ending)).toBeDefined();
    expect(await testContact(business, '20', '212')).toBe(contact);
    expect(waits(await ofEach(contact))).toEqual([null, 'PAUSED', 'PAUSED']);
    expect(waits(await ofEach(await somebody('21')))).toEqual([null, null, 'QUIET_HOURS']);
    expect(waits(await ofEach(await somebody('00')))).toEqual([null, null, null]);
    await platform.shiftClock(0);
  });

  /** Nobody has anything left to react to. */
  async function turnsAreOver(): Promise<void> {
    await until('all have reacted', async () => {
      const [row] = await platform.database.sql<{ left: number }>(
        'SELECT count(*)::int AS left FROM test_turn',
      );
      return row?.left === 0;
    });
  }
});
