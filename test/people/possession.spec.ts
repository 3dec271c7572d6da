import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { contactsOf, customersWith, match } from '../support/builders/matching.js';
import { matchAll, type Reachable, send } from '../support/builders/messaging.js';
import { aPerson, aPhone, enterCode, proveNumber, requestCode } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const DAY = 24 * 60 * 60_000;
const HALF_AN_HOUR = 30 * 60_000;
let platform: TestPlatform;
let business: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform();
  business = platform.business((await aBusiness(platform)).apiKey);
});
afterEach(() => platform.shiftClock(0));
afterAll(() => platform.stop());

/** A person with a device, a message that they received, a stop and an opt-in. */
async function aLivedInPerson(): Promise<Reachable> {
  const [reachable] = await matchAll(business, [await aPerson(platform)]);
  const { person, contact } = reachable!;
  await send(business, contact);
  await until('the message is there', async () => (await inboxOf(person.api)).length > 0);
  await person.api.do(
    `mutation { registerDevice(input: { name: "Old phone", publicKey: "${KEY}" }) { __typename } }`,
  );
  await person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
  await person.api.do('mutation { stop(input: { purpose: ADS }) { __typename } }');
  return reachable!;
}

const KEY = Buffer.alloc(32, 9).toString('base64');

async function inboxOf(api: GraphQLClient): Promise<any[]> {
  return (await api.do('{ inbox { nodes { id text } } }')).inbox.nodes;
}

/** All that a person can see of what they have here. */
async function belongings(api: GraphQLClient): Promise<unknown[]> {
  const { inbox, devices, consents, consentHistory } = await api.do(`{
    inbox { nodes { id } } devices { id } consents { nodes { standing } } consentHistory { nodes { sequence } }
  }`);
  return [inbox.nodes, devices, consents.nodes, consentHistory.nodes].flat();
}

async function isSignedIn(token: string): Promise<boolean> {
  return (await platform.person(token).raw('{ me { phone } }')).errors === undefined;
}

async function howManyPeople(): Promise<number> {
  const [row] = await platform.database.sql<{ count: string }>('SELECT count(*) FROM person');
  return Number(row!.count);
}

describe('a number that somebody says is new to them', () => {
  it('begins with nothing, and the former owner is gone from every device at once', async () => {
    const { person, contact } = await aLivedInPerson();
    const second = await aPerson(platform, { phone: person.phone });
    await platform.shiftClock(HALF_AN_HOUR);

    const anew = await proveNumber(platform, person.phone, { startAnew: true });
    expect(anew.startedAnew).toBe(true);
    expect(await belongings(platform.person(anew.token))).toEqual([]);
    expect(await isSignedIn(person.token)).toBe(false);
    expect(await isSignedIn(second.token)).toBe(false);
    expect(anew.person.phone).toBe(person.phone);
    expect(Date.parse(anew.person.verifiedAt)).toBeGreaterThan(Date.now() + HALF_AN_HOUR - 60_000);

    // The business is told that its contact is gone, and finds it no more.
    expect(await send(business, contact)).toMatchObject({ reason: 'CONTACT_GONE', retryAt: null });
    const { contact: found } = await business.do('query ($id: ID!) { contact(by: { id: $id }) { id } }', {
      id: contact,
    });
    expect(found).toBeNull();
    expect((await contactsOf(business)).map(({ id }) => id)).not.toContain(contact);

    // Nothing that the former owner said counts for the new one, and their messages go to the new one only.
    await match(business, customersWith([person.phone]));
    const now = (await contactsOf(business)).at(-1)!;
    expect(now.id).not.toBe(contact);
    expect(now.consent.map(({ purpose, rule }) => [purpose, rule])).toContainEqual([
      'MARKETING',
      'NO_OPT_IN',
    ]);
    expect(now.consent.map(({ rule }) => rule)).not.toContain('STOPPED');
    expect(await send(business, now.id, { text: 'For the new one' })).toMatchObject({
      __typename: 'AcceptedMessage',
    });
    const inbox = await until('the message is there', async () => {
      const messages = await inboxOf(platform.person(anew.token));
      return messages.length > 0 && messages;
    });
    expect(inbox.map(({ text }) => text)).toEqual(['For the new one']);
  });

  it('is told nothing of whether anybody had it before', async () => {
    const fresh = await proveNumber(platform, aPhone(), { startAnew: true });
    const first = await proveNumber(platform, aPhone());
    expect([fresh.startedAnew, first.startedAnew]).toEqual([true, true]);
    expect((await proveNumber(platform, fresh.person.phone)).startedAnew).toBe(false);
  });

  it('makes one new person of two devices that say so one after the other', async () => {
    const { phone } = await aPerson(platform);
    await platform.shiftClock(HALF_AN_HOUR);
    const [one, two] = [
      await proveNumber(platform, phone, { startAnew: true }),
      await proveNumber(platform, phone, { startAnew: true }),
    ];
    expect([one.startedAnew, two.startedAnew]).toEqual([true, false]);
    expect(await isSignedIn(one.token)).toBe(true);
    expect(await isSignedIn(two.token)).toBe(true);
  });

  it('makes one new person of eight devices that enter the code at the same time', async () => {
    const { phone } = await aPerson(platform);
    await platform.shiftClock(HALF_AN_HOUR);
    await requestCode(platform, phone);
    const before = await howManyPeople();
    const code = platform.code(phone);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => enterCode(platform, phone, code, { startAnew: true })),
    );
    expect(answers.filter(({ startedAnew }) => startedAnew)).toHaveLength(1);
    expect(answers.filter(({ reason }) => reason === 'CODE_INVALID')).toHaveLength(7);
    expect(await howManyPeople()).toBe(before); // one came, one went
  });
});

describe('a number that nobody has proved for long', () => {
  it('belongs to its person for 90 days, and to whoever proves it afterwards', async () => {
    const { person } = await aLivedInPerson();
    await platform.shiftClock(90 * DAY - 60_000);
    const again = await proveNumber(platform, person.phone);
    expect(again.startedAnew).toBe(false);
    expect(await belongings(platform.person(again.token))).not.toEqual([]);

    // Counted from the last proof, not from the first.
    await platform.shiftClock(180 * DAY - 120_000);
    expect((await proveNumber(platform, person.phone)).startedAnew).toBe(false);
    await platform.shiftClock(271 * DAY);
    const anew = await proveNumber(platform, person.phone);
    expect(anew.startedAnew).toBe(true);
    expect(await belongings(platform.person(anew.token))).toEqual([]);
    expect(Date.parse(anew.person.verifiedAt)).toBeGreaterThan(Date.now() + 270 * DAY);
  });
});

describe('a person who is still signed in', () => {
  let strict: TestPlatform;
  beforeAll(async () => {
    strict = await startPlatform({ POSSESSION_DAYS: '10' }, { worker: false });
  });
  afterAll(() => strict.stop());

  it('keeps what is theirs by showing so, and nobody else does', async () => {
    const { phone, token } = await aPerson(strict);
    const stranger = await aPerson(strict);
    await strict.shiftClock(11 * DAY);
    expect((await proveNumber(strict, phone, { token })).startedAnew).toBe(false);
    await strict.shiftClock(22 * DAY);
    expect((await proveNumber(strict, phone, { token: stranger.token })).startedAnew).toBe(true);
    expect((await strict.person(token).raw('{ me { phone } }')).errors).toBeDefined();
  });

  it('has what was queued for them suppressed, and their businesses told, when the number passes on', async () => {
    await strict.shiftClock(0);
    const sender = strict.business((await aBusiness(strict)).apiKey);
    const [{ person, contact } = { person: undefined, contact: '' }] = await matchAll(sender, [
      await aPerson(strict),
    ]);
    const { id } = await send(sender, contact);
    await strict.shiftClock(HALF_AN_HOUR);
    await proveNumber(strict, person!.phone, { startAnew: true });
    const { message } = await sender.do(
      'query ($id: ID!) { message(id: $id) { status reason text contact { id } } }',
      {
        id,
      },
    );
    expect(message).toEqual({ status: 'SUPPRESSED', reason: 'CONTACT_GONE', text: null, contact: null });
    const rows = await strict.database.sql('SELECT FROM conversation_queue');
    expect(rows).toEqual([]);
    const [event] = await strict.database.sql<{ data: unknown }>(
      'SELECT data FROM event ORDER BY xid DESC LIMIT 1',
    );
    expect(event?.data).toEqual({ status: 'SUPPRESSED', reason: 'CONTACT_GONE', seq: 1 });
  });
});
