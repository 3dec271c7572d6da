import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { clockAt, clockBackAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { matchAll, reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import { preferencesOf, setPreferences, type TestPreferences } from '../support/builders/preferences.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** A Wednesday in Berlin, where all of these people have their numbers: it is an hour ahead of UTC. */
const NOON = new Date('2026-11-25T11:00:00.000Z');
const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const OFFER = { purpose: 'MARKETING', text: 'Offer' };

describe('how much a person sees', () => {
  let platform: TestPlatform;
  let owner: TestBusiness;
  let business: GraphQLClient;
  let people: Reachable[];
  let clock: number;

  beforeAll(async () => {
    platform = await startPlatform(
      { MARKETING_CAP_DAILY: '10', MARKETING_CAP_WEEKLY: '3', MARKETING_MOST_UNREAD: '4' },
      { worker: false },
    );
    await clockAt(platform, NOON);
    owner = await aBusiness(platform);
    business = platform.business(owner.apiKey);
    people = await reachablePeople(platform, business, 8);
  });
  beforeEach(async () => {
    clock = NOON.getTime();
    await clockBackAt(platform, NOON);
  });
  afterAll(() => platform.stop());

  const goTo = (at: number) => clockAt(platform, new Date((clock = at)));
  const iso = (at: number) => new Date(at).toISOString();
  /** Somebody with an opt-in to marketing whom nobody has messaged yet. */
  async function somebody(wants?: TestPreferences): Promise<Reachable> {
    const next = people.pop();
    if (!next) throw new Error('More people are needed');
    await next.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    if (wants) await setPreferences(next.person.api, wants);
    return next;
  }
  /** What a person sees, newest first, after all that is due was dispatched. */
  async function seenBy({ person }: Reachable): Promise<{ id: string; text: string }[]> {
    const worker = platform.app.get(DispatchMessages, { strict: false });
    while (await worker.execute());
    const { inbox } = await person.api.do('{ inbox(first: 100) { nodes { id text } } }');
    return inbox.nodes;
  }
  /** Sends an offer and has it seen; the next one comes a second later. */
  async function seesOffers(reachable: Reachable, count: number): Promise<void> {
    for (let nr = 0; nr < count; nr++) {
      await send(business, reachable.contact, OFFER);
      const { length } = await seenBy(reachable);
      expect(length).toBeGreaterThan(nr);
      await goTo(clock + SECOND);
    }
  }
  const message = async (id: string | undefined) =>
    (await business.do('query ($id: ID!) { message(id: $id) { status reason } }', { id })).message;

  describe('of the marketing of one business in 7 days', () => {
    it('is as much as the cap says: the next waits until the oldest is a week old', async () => {
      const reachable = await somebody();
      const from = clock;
      await seesOffers(reachable, 3);
      expect(await send(business, reachable.contact, OFFER)).toMatchObject({
        deferredUntil: iso(from + 7 * DAY),
        deferredBecause: 'BUSINESS_MARKETING_CAP',
      });
      const other = platform.business((await aBusiness(platform)).apiKey);
      const [same] = await matchAll(other, [reachable.person]);
      expect(await send(other, same?.contact as string, OFFER)).toMatchObject({ deferredUntil: null });
      expect(await seenBy(reachable)).toHaveLength(4);
      await goTo(from + 7 * DAY - 1);
      expect(await seenBy(reachable)).toHaveLength(4);
      await goTo(from + 7 * DAY);
      expect(await seenBy(reachable)).toHaveLength(5);
    });

    it('is refused where the sender wants no waiting, and at retryAt the same request passes', async () => {
      const reachable = await somebody();
      const from = clock;
      await seesOffers(reachable, 3);
      const refusing = { ...OFFER, whenLimited: 'REFUSE' };
      const refused = await send(business, reachable.contact, refusing);
      expect(refused).toMatchObject({ reason: 'BUSINESS_MARKETING_CAP', retryAt: iso(from + 7 * DAY) });
      await goTo(from + 7 * DAY - 1);
      expect(await send(business, reachable.contact, refusing)).toMatchObject(refused);
      await goTo(from + 7 * DAY);
      expect(await send(business, reachable.contact, refusing)).toMatchObject({ deferredUntil: null });
    });

    it('ends what is not to wait where the cap was used up after it was accepted', async () => {
      const reachable = await somebody({ weeklyMarketingCap: 1 });
      const first = await send(business, reachable.contact, { ...OFFER, whenLimited: 'REFUSE' });
      const second = await send(business, reachable.contact, { ...OFFER, whenLimited: 'REFUSE' });
      expect(second).toMatchObject({ deferredUntil: null });
      expect(await seenBy(reachable)).toHaveLength(1);
      expect(await message(first.id)).toMatchObject({ status: 'DISPATCHED' });
      expect(await message(second.id)).toEqual({ status: 'SUPPRESSED', reason: 'BUSINESS_MARKETING_CAP' });
    });

    it('is none where the person wants none', async () => {
      const { contact } = await somebody({ weeklyMarketingCap: 0 });
      expect(await send(business, contact, OFFER)).toMatchObject({
        reason: 'BUSINESS_MARKETING_CAP',
        retryAt: null,
      });
    });

    it('is one where four in a row were neither read nor answered, until one is', async () => {
      const reachable = await somebody();
      const from = clock;
      await seesOffers(reachable, 3);
      await goTo(from + 7 * DAY);
      await seesOffers(reachable, 1);
      // Three more would do, if any had been read.
      await goTo(clock + DAY);
      const waiting = { deferredUntil: iso(from + 14 * DAY), deferredBecause: 'BUSINESS_MARKETING_CAP' };
      expect(await send(business, reachable.contact, OFFER)).toMatchObject(waiting);
      const [newest] = await seenBy(reachable);
      await reachable.person.api.do(
        'mutation ($ids: [ID!]!) { acknowledge(input: { messages: $ids, receipt: READ }) { __typename } }',
        { ids: [newest?.id] },
      );
      expect(await send(business, reachable.contact, OFFER)).toMatchObject({ deferredUntil: null });
    });

    it('counts an answer as much as a reading', async () => {
      const reachable = await somebody();
      const from = clock;
      await seesOffers(reachable, 3);
      await goTo(from + 7 * DAY);
      await seesOffers(reachable, 1);
      expect(await send(business, reachable.contact, OFFER)).toMatchObject({
        deferredBecause: 'BUSINESS_MARKETING_CAP',
      });
      await write(reachable.person.api, owner.id, 'Do you have this in blue?');
      expect(await send(business, reachable.contact, OFFER)).toMatchObject({ deferredUntil: null });
    });
  });

  describe('of everything in 24 hours', () => {
    it('is what the person lets interrupt them: more waits, but for AUTHENTICATION', async () => {
      const reachable = await somebody({ interruptionCap: 2 });
      const from = clock;
      await send(business, reachable.contact, { purpose: 'AUTHENTICATION', text: 'Code' });
      await send(business, reachable.contact, { text: 'Parcel' });
      await send(business, reachable.contact, OFFER);
      expect(await seenBy(reachable)).toHaveLength(3);
      await goTo(from + SECOND);
      const waiting = { deferredUntil: iso(from + DAY), deferredBecause: 'INTERRUPTION_BUDGET' };
      expect(await send(business, reachable.contact)).toMatchObject(waiting);
      expect(await send(business, reachable.contact, { whenLimited: 'REFUSE' })).toMatchObject({
        reason: 'INTERRUPTION_BUDGET',
        retryAt: iso(from + DAY),
      });
      await send(business, reachable.contact, { purpose: 'AUTHENTICATION', text: 'Code' });
      expect(await seenBy(reachable)).toHaveLength(4);
      await goTo(from + DAY - 1);
      expect(await seenBy(reachable)).toHaveLength(4);
      await goTo(from + DAY);
      expect(await seenBy(reachable)).toHaveLength(5);
    });
  });

  it('is shown to the person, and never above what the platform lets them see', async () => {
    const { person } = await somebody({ weeklyMarketingCap: 2, interruptionCap: 9 });
    const { preferences } = await person.api.do(
      '{ preferences { weeklyMarketingCap weeklyMarketingCapInForce interruptionCap } }',
    );
    expect(preferences).toEqual({ weeklyMarketingCap: 2, weeklyMarketingCapInForce: 2, interruptionCap: 9 });
    await expect(setPreferences(person.api, { weeklyMarketingCap: 4 })).rejects.toThrow(
      'must not be above the cap of this platform, 3',
    );
    await expect(setPreferences(person.api, { interruptionCap: 0 })).rejects.toThrow('1 to 1,000');
    expect(await preferencesOf(person.api)).toMatchObject({ marketingCap: null });
  });
});
