import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anUnverifiedBusiness, aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { holdNewest, messagesWith, write } from '../support/builders/conversations.js';
import { match, customersWith } from '../support/builders/matching.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { ledgerOf } from '../support/builders/stop-words.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const BURST = 3;

let platform: TestPlatform;
let shop: TestBusiness;
let other: TestBusiness;
let business: GraphQLClient;
let heal: () => void = () => undefined;

beforeAll(async () => {
  platform = await startPlatform({ PERSON_WRITE_BURST: `${BURST}`, PERSON_WRITE_INTERVAL_MS: '60000' });
  [shop, other] = [await aBusiness(platform), await aBusiness(platform)];
  business = platform.business(shop.apiKey);
});
afterEach(() => {
  heal();
  heal = () => undefined;
});
afterAll(() => platform.stop());

const somebody = async (): Promise<Reachable> => (await reachablePeople(platform, business, 1))[0]!;
const optIn = ({ api }: TestPerson) =>
  api.do(
    `mutation ($of: ID!) { allow(input: { business: $of, purpose: MARKETING }) { consent { since } } }`,
    { of: shop.id },
  );

/** SERVICE and MARKETING are queued for somebody who opted in. */
async function queued(): Promise<Reachable> {
  const reachable = await somebody();
  await optIn(reachable.person);
  await holdNewest(platform);
  await sendAll(business, [
    aMessage(reachable.contact, { purpose: 'MARKETING' }),
    aMessage(reachable.contact, { purpose: 'SERVICE' }),
  ]);
  return reachable;
}
const outboundOf = async ({ contact }: Reachable) =>
  Object.fromEntries(
    (await messagesWith(business, contact))
      .filter(({ direction }) => direction === 'OUTBOUND')
      .map(({ purpose, status, reason }) => [purpose, reason ? `${status} ${reason}` : status]),
  );

describe('STOP', () => {
  it.each(['STOP', ' stop. ', 'Stopp', 'PARAR'])('stops everything of that business: %s', async (text) => {
    const reachable = await queued();
    const { api } = reachable.person;
    const result = await write(api, shop.id, text);
    expect(result).toMatchObject({
      __typename: 'WriteToBusinessPayload',
      understood: 'STOP',
      consent: { scope: 'BUSINESS', purpose: null, standing: 'STOPPED' },
      help: null,
    });
    expect(await outboundOf(reachable)).toEqual({
      MARKETING: 'SUPPRESSED CONSENT_STOPPED',
      SERVICE: 'SUPPRESSED CONSENT_STOPPED',
    });
    expect(await send(business, reachable.contact)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    expect((await messagesWith(business, reachable.contact))[0]).toMatchObject({
      direction: 'INBOUND',
      text,
    });
    expect(await ledgerOf(reachable.person)).toEqual([
      'STOP EVERYTHING by keyword',
      'ALLOW MARKETING by app',
    ]);
  });

  it('leaves other businesses alone', async () => {
    const { person } = await somebody();
    const theirs = platform.business(other.apiKey);
    await match(theirs, customersWith([person.phone]));
    const { contacts } = await theirs.do('{ contacts { nodes { id } } }');
    await write(person.api, shop.id, 'STOP');
    expect(await send(theirs, contacts.nodes.at(-1).id)).toMatchObject({ __typename: 'AcceptedMessage' });
  });

  it('is heeded even where its message is refused, and written down even where the limit is reached', async () => {
    const { person, contact } = await somebody();
    for (let at = 0; at < BURST; at++) await write(person.api, shop.id, `Hello ${at}`);
    expect(await write(person.api, shop.id, 'Hello?')).toMatchObject({ reason: 'WRITE_LIMIT' });
    expect(await write(person.api, shop.id, 'STOP')).toMatchObject({ id: expect.any(String) });
    // Again it changes nothing, so the limit counts.
    expect(await write(person.api, shop.id, 'STOP')).toMatchObject({
      reason: 'WRITE_LIMIT',
      understood: 'STOP',
      consent: { standing: 'STOPPED' },
    });
    expect(await messagesWith(business, contact)).toHaveLength(BURST + 1);

    const unchecked = await anUnverifiedBusiness(platform);
    const stranger = await aPerson(platform);
    expect(await write(stranger.api, unchecked.id, 'STOP')).toMatchObject({
      reason: 'BUSINESS_NOT_VERIFIED',
      understood: 'STOP',
      consent: { scope: 'BUSINESS', standing: 'STOPPED' },
    });
  });

  it('holds where the process dies before the message is stored, and the same request stores it', async () => {
    const { person, contact } = await somebody();
    heal = plantFault((sql) => (sql.includes("'INBOUND', 'DELIVERED'") ? 'SELECT 1/0' : sql));
    await expect(write(person.api, shop.id, 'STOP', 'stop-1')).rejects.toThrow(/INTERNAL_SERVER_ERROR/);
    expect(await send(business, contact)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    expect(await messagesWith(business, contact)).toEqual([]);
    heal();
    expect(await write(person.api, shop.id, 'STOP', 'stop-1')).toMatchObject({
      id: expect.any(String),
      replayed: false,
    });
    expect(await messagesWith(business, contact)).toMatchObject([{ text: 'STOP' }]);
  });

  it('that comes again under its key does not undo a START since', async () => {
    const { person, contact } = await somebody();
    await write(person.api, shop.id, 'STOP', 'stop-2');
    await write(person.api, shop.id, 'START');
    expect(await write(person.api, shop.id, 'STOP', 'stop-2')).toMatchObject({
      replayed: true,
      understood: 'STOP',
      consent: { standing: 'LIFTED' },
    });
    expect(await send(business, contact)).toMatchObject({ __typename: 'AcceptedMessage' });
  });
});

describe('START', () => {
  it('lifts the stop of that business and nothing else, and opts in to nothing', async () => {
    const { person, contact } = await somebody();
    await person.api.do(
      `mutation ($of: ID!) { stop(input: { business: $of, purpose: SERVICE }) { __typename } }`,
      { of: shop.id },
    );
    await write(person.api, shop.id, 'STOP');
    expect(await write(person.api, shop.id, 'START')).toMatchObject({
      understood: 'START',
      consent: { scope: 'BUSINESS', standing: 'LIFTED' },
    });
    expect(await send(business, contact, { purpose: 'SERVICE' })).toMatchObject({
      reason: 'CONSENT_STOPPED',
    });
    expect(await send(business, contact, { purpose: 'MARKETING' })).toMatchObject({
      reason: 'CONSENT_MISSING',
    });
    expect(await send(business, contact, { purpose: 'AUTHENTICATION' })).toMatchObject({
      __typename: 'AcceptedMessage',
    });
    expect(await ledgerOf(person)).toEqual([
      'LIFT EVERYTHING by keyword',
      'STOP EVERYTHING by keyword',
      'STOP SERVICE by app',
    ]);
  });

  it('does nothing where nothing was stopped', async () => {
    const { person } = await somebody();
    expect(await write(person.api, shop.id, 'START')).toMatchObject({ understood: 'START', consent: null });
    expect(await ledgerOf(person)).toEqual([]);
  });
});

it.each([
  ['HELP', /^This is Bäckerei Müller \(DE, verified by the operator\)\. STOP ends/],
  ['Hilfe', /^Das ist Bäckerei Müller \(DE, vom Betreiber geprüft\)\. Mit STOPP/],
])('%s is answered with who the business is and how to stop it', async (text, answer) => {
  const { person } = await somebody();
  expect(await write(person.api, shop.id, text)).toMatchObject({
    understood: 'HELP',
    consent: null,
    help: expect.stringMatching(answer),
  });
  expect(await ledgerOf(person)).toEqual([]);
});

it('words about something else are a message and nothing more', async () => {
  const { person } = await somebody();
  expect(await write(person.api, shop.id, 'Which bus stop is near your shop?')).toMatchObject({
    __typename: 'WriteToBusinessPayload',
    understood: null,
    consent: null,
    help: null,
  });
  expect(await ledgerOf(person)).toEqual([]);
});
