import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { clockAt, clockBackAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  matchAll,
  reachablePeople,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import { setPreferences, type TestPreferences } from '../support/builders/preferences.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** A Wednesday in Berlin, where all of these people have their numbers: it is an hour ahead of UTC. */
const NOON = new Date('2026-11-25T11:00:00.000Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

describe('deferral', () => {
  let platform: TestPlatform;
  let owner: TestBusiness;
  let business: GraphQLClient;
  let people: Reachable[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform({ MARKETING_CAP_WEEKLY: '10' }, { worker: false });
    await clockAt(platform, NOON);
    owner = await aBusiness(platform);
    business = platform.business(owner.apiKey);
    people = await reachablePeople(platform, business, 16);
  });
  afterEach(async () => {
    heal();
    heal = () => undefined;
    await clockBackAt(platform, NOON);
  });
  afterAll(() => platform.stop());
  const after = (milliseconds: number) => new Date(NOON.getTime() + milliseconds);
  const iso = (milliseconds: number) => after(milliseconds).toISOString();
  /** Somebody with an opt-in to marketing whom nobody has messaged yet. */
  async function somebody(wants?: TestPreferences): Promise<Reachable> {
    const next = people.pop();
    if (!next) throw new Error('More people are needed');
    await next.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    if (wants) await setPreferences(next.person.api, wants);
    return next;
  }
  /** What a worker does until there is nothing to do. */
  async function dispatch(): Promise<void> {
    const worker = platform.app.get(DispatchMessages, { strict: false });
    while (await worker.execute());
  }
  /** Texts that a person sees, oldest first, after all that is due was dispatched. */
  async function seenBy({ person }: Reachable): Promise<string[]> {
    await dispatch();
    const { inbox } = await person.api.do('{ inbox(first: 100) { nodes { text } } }');
    return inbox.nodes.map(({ text }: { text: string }) => text).reverse();
  }
  const message = async (id: string | undefined) =>
    (
      await business.do(
        'query ($id: ID!) { message(id: $id) { status reason deferredUntil deferredBecause } }',
        { id },
      )
    ).message;

  describe('while a person has paused', () => {
    const pause = { pausedUntil: iso(5 * HOUR) };

    it('accepts, and tells until when it waits and why', async () => {
      const { contact } = await somebody(pause);
      const result = await send(business, contact);
      expect(result).toMatchObject({ deferredUntil: pause.pausedUntil, deferredBecause: 'PAUSED' });
      await dispatch();
      expect(await message(result.id)).toEqual({
        status: 'ACCEPTED',
        reason: null,
        deferredUntil: pause.pausedUntil,
        deferredBecause: 'PAUSED',
      });
    });

    it('answers a repeated key as the first time', async () => {
      const { contact, person } = await somebody(pause);
      const first = await send(business, contact, { idempotencyKey: 'while paused' });
      await setPreferences(person.api, { pausedUntil: null });
      const again = await send(business, contact, { idempotencyKey: 'while paused' });
      expect(again).toEqual({ ...first, replayed: true });
    });

    it('shows what is for AUTHENTICATION at once, and the rest in its order when the pause ends', async () => {
      const reachable = await somebody(pause);
      const texts = Array.from({ length: 90 }, (_, at) => `Text ${at}`);
      const sendSome = (at: number) =>
        sendAll(
          business,
          texts.slice(at, at + 30).map((text) => aMessage(reachable.contact, { text })),
        );
      // As the pair limit lets them, and more than one round of dispatch.
      for (const at of [0, 30, 60]) {
        await clockAt(platform, after(at * 6 * SECOND));
        expect((await sendSome(at)).every(wasAccepted)).toBe(true);
        await dispatch();
      }
      await send(business, reachable.contact, { purpose: 'AUTHENTICATION', text: 'Code' });
      expect(await seenBy(reachable)).toEqual(['Code']);
      await clockAt(platform, after(5 * HOUR - 1));
      expect(await seenBy(reachable)).toEqual(['Code']);
      await clockAt(platform, after(5 * HOUR));
      expect(await seenBy(reachable)).toEqual(['Code', ...texts]);
    });

    it('defers what was accepted before the pause, too', async () => {
      const reachable = await somebody();
      const { id, deferredUntil } = await send(business, reachable.contact);
      expect(deferredUntil).toBeNull();
      await setPreferences(reachable.person.api, pause);
      expect(await seenBy(reachable)).toEqual([]);
      expect(await message(id)).toMatchObject({ status: 'ACCEPTED', deferredBecause: 'PAUSED' });
    });

    it('shows at once what waited when the pause is lifted or made shorter, and waits on when it is made longer', async () => {
      const reachable = await somebody(pause);
      await send(business, reachable.contact, { text: 'First' });
      expect(await seenBy(reachable)).toEqual([]);
      await setPreferences(reachable.person.api, { pausedUntil: iso(6 * HOUR) });
      await clockAt(platform, after(5 * HOUR));
      expect(await seenBy(reachable)).toEqual([]);
      await setPreferences(reachable.person.api, { pausedUntil: iso(5 * HOUR + SECOND) });
      await clockAt(platform, after(5 * HOUR + SECOND));
      expect(await seenBy(reachable)).toEqual(['First']);
      await setPreferences(reachable.person.api, { pausedUntil: iso(9 * HOUR) });
      await send(business, reachable.contact, { text: 'Second' });
      expect(await seenBy(reachable)).toEqual(['First']);
      await setPreferences(reachable.person.api, { pausedUntil: null });
      expect(await seenBy(reachable)).toEqual(['First', 'Second']);
    });

    it('refuses what would wait for more than 30 days, and says from when on it can wait', async () => {
      const { contact } = await somebody({ pausedUntil: iso(40 * DAY) });
      expect(await send(business, contact)).toMatchObject({
        reason: 'PAUSED',
        retryAt: iso(10 * DAY + 15 * SECOND),
      });
      await clockAt(platform, after(10 * DAY + 15 * SECOND));
      expect(await send(business, contact)).toMatchObject({ deferredUntil: iso(40 * DAY) });
    });
  });

  describe('a stop', () => {
    it('suppresses what waits in its own transaction, and no more than it covers', async () => {
      const reachable = await somebody({ pausedUntil: iso(HOUR) });
      const marketing = await send(business, reachable.contact, { purpose: 'MARKETING', text: 'Offer' });
      const service = await send(business, reachable.contact, { text: 'Parcel' });
      await dispatch();
      await reachable.person.api.do('mutation { stop(input: { purpose: MARKETING }) { __typename } }');
      expect(await message(marketing.id)).toEqual({
        status: 'SUPPRESSED',
        reason: 'CONSENT_STOPPED',
        deferredUntil: null,
        deferredBecause: null,
      });
      expect(await message(service.id)).toMatchObject({ status: 'ACCEPTED', deferredBecause: 'PAUSED' });
      await clockAt(platform, after(HOUR));
      expect(await seenBy(reachable)).toEqual(['Parcel']);
    });

    it('of one business leaves what waits of another', async () => {
      const reachable = await somebody({ pausedUntil: iso(HOUR) });
      const other = platform.business((await aBusiness(platform)).apiKey);
      const [contact] = await matchAll(other, [reachable.person]);
      await send(other, contact?.contact as string, { text: 'Of the other' });
      await send(business, reachable.contact);
      await dispatch();
      await reachable.person.api.do(
        'mutation ($business: ID!) { block(input: { business: $business }) { __typename } }',
        { business: owner.id },
      );
      await clockAt(platform, after(HOUR));
      expect(await seenBy(reachable)).toEqual(['Of the other']);
    });

    it('leaves no conversation in the queue for ever', async () => {
      const reachable = await somebody({ pausedUntil: iso(HOUR) });
      await send(business, reachable.contact, { idempotencyKey: 'to be stopped' });
      await dispatch();
      await reachable.person.api.do('mutation { stop(input: {}) { __typename } }');
      await clockAt(platform, after(HOUR));
      await dispatch();
      const left = (table: string) =>
        platform.database.sql(
          `SELECT FROM ${table} JOIN message USING (lane, contact_id) WHERE idempotency_key = 'to be stopped'`,
        );
      expect(await left('message_wait')).toEqual([]);
      expect(await left('conversation_queue')).toEqual([]);
    });
  });

  describe('quiet hours', () => {
    const NIGHT = after(10 * HOUR); // 22:00
    const MORNING = after(20 * HOUR); // 08:00

    it('of the law hold marketing back until the morning, and nothing else', async () => {
      const reachable = await somebody();
      await clockAt(platform, NIGHT);
      const offer = await send(business, reachable.contact, { purpose: 'MARKETING', text: 'Offer' });
      expect(offer).toMatchObject({ deferredUntil: MORNING.toISOString(), deferredBecause: 'QUIET_HOURS' });
      await send(business, reachable.contact, { text: 'Parcel' });
      expect(await seenBy(reachable)).toEqual(['Parcel']);
      await clockAt(platform, new Date(MORNING.getTime() - 1));
      expect(await seenBy(reachable)).toEqual(['Parcel']);
      await clockAt(platform, MORNING);
      expect(await seenBy(reachable)).toEqual(['Parcel', 'Offer']);
    });

    it('go by the zone of the person, and change with it', async () => {
      const reachable = await somebody();
      await clockAt(platform, NIGHT);
      await send(business, reachable.contact, { purpose: 'MARKETING', text: 'Offer' });
      expect(await seenBy(reachable)).toEqual([]);
      await setPreferences(reachable.person.api, { timeZone: 'America/New_York' });
      expect(await seenBy(reachable)).toEqual(['Offer']);
    });

    it('of the person hold marketing back beside them', async () => {
      const reachable = await somebody({ quietHours: { from: '11:00', to: '13:30' } });
      const offer = await send(business, reachable.contact, { purpose: 'MARKETING' });
      expect(offer).toMatchObject({ deferredUntil: iso(1.5 * HOUR), deferredBecause: 'QUIET_HOURS' });
    });
  });

  describe('the marketing cap', () => {
    it('shows as much of all businesses as it says, and the next when the oldest is 24 hours old', async () => {
      const reachable = await somebody();
      const other = platform.business((await aBusiness(platform)).apiKey);
      const [contact] = await matchAll(other, [reachable.person]);
      const offers = (at: number) => ({ purpose: 'MARKETING', text: `Offer ${at}` });
      for (const at of [1, 2, 3, 4]) {
        await clockAt(platform, after(at * SECOND));
        await send(
          ...(at % 2
            ? ([business, reachable.contact] as const)
            : ([other, contact?.contact as string] as const)),
          offers(at),
        );
        expect(await seenBy(reachable)).toHaveLength(at);
      }
      const fifth = await send(business, reachable.contact, offers(5));
      expect(fifth).toMatchObject({ deferredUntil: iso(DAY + SECOND), deferredBecause: 'MARKETING_CAP' });
      await send(business, reachable.contact, offers(6));
      expect(await seenBy(reachable)).toHaveLength(4);
      await clockAt(platform, after(DAY + SECOND - 1));
      expect(await seenBy(reachable)).toHaveLength(4);
      await clockAt(platform, after(DAY + SECOND));
      expect((await seenBy(reachable)).at(-1)).toBe('Offer 5');
      await clockAt(platform, after(DAY + 2 * SECOND));
      expect((await seenBy(reachable)).at(-1)).toBe('Offer 6');
    });

    it('of 0 refuses marketing, and suppresses what waits', async () => {
      const reachable = await somebody({ quietHours: { from: '11:00', to: '13:00' } });
      const { id } = await send(business, reachable.contact, { purpose: 'MARKETING' });
      await dispatch();
      await setPreferences(reachable.person.api, { marketingCap: 0, quietHours: null });
      expect(await send(business, reachable.contact, { purpose: 'MARKETING' })).toMatchObject({
        reason: 'MARKETING_CAP',
        retryAt: null,
      });
      await dispatch();
      expect(await message(id)).toMatchObject({ status: 'SUPPRESSED', reason: 'MARKETING_CAP' });
    });
  });

  describe('when a worker dies', () => {
    it.each([
      ['before it records that a message waits', 'message_wait (lane', 0],
      ['before it records that a message is visible', 'INSERT INTO inbox_entry', HOUR],
    ])('%s, the next one does it, once', async (_, statement, at) => {
      const reachable = await somebody({ pausedUntil: iso(HOUR) });
      const { id } = await send(business, reachable.contact, { text: 'Once' });
      if (at > 0) await dispatch();
      await clockAt(platform, after(at));
      heal = plantFault((sql) => (sql.includes(statement) ? 'SELECT 1/0' : sql));
      await dispatch();
      heal();
      expect(await message(id)).toMatchObject({ status: 'ACCEPTED' });
      await clockAt(platform, after(at + 10 * 60 * SECOND));
      expect(await seenBy(reachable)).toHaveLength(at > 0 ? 1 : 0);
      await clockAt(platform, after(at + 2 * HOUR));
      expect(await seenBy(reachable)).toEqual(['Once']);
    });
  });
});
