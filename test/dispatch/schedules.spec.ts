import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clockAt, clockBackAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { dispatchAll, inboxOf, statusOf } from '../support/builders/dispatch.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { setPreferences } from '../support/builders/preferences.js';
import { preflight } from '../support/builders/preflight.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** A Wednesday in Berlin, where all of these people have their numbers: it is an hour ahead of UTC. */
const NOON = new Date('2026-11-25T11:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIER = 4;

describe('a scheduled message', () => {
  let platform: TestPlatform;
  let owner: TestBusiness;
  let business: GraphQLClient;
  let people: Reachable[];

  const after = (milliseconds: number) => new Date(NOON.getTime() + milliseconds);
  const iso = (milliseconds: number) => after(milliseconds).toISOString();
  const at = async (milliseconds: number) => {
    await clockAt(platform, after(milliseconds));
    await dispatchAll(platform);
  };

  beforeAll(async () => {
    platform = await startPlatform({ THROUGHPUT_PER_SECOND: '80,80,80,80,1000' }, { worker: false });
    await clockAt(platform, NOON);
    owner = await aBusiness(platform);
    business = platform.business(owner.apiKey);
    people = await reachablePeople(platform, business, 20);
  });
  afterEach(async () => {
    await clockBackAt(platform, NOON);
    // What it spent later lies in the future now.
    await platform.database.sql('UPDATE contact_state SET pair_tat = NULL');
  });
  afterAll(() => platform.stop());

  async function somebody(): Promise<Reachable> {
    const next = people.pop();
    if (!next) throw new Error('More people are needed');
    await next.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    return next;
  }

  it('is accepted, waits, and becomes visible at its time and not a millisecond before', async () => {
    const { contact, person } = await somebody();
    const sent = await send(business, contact, { sendAt: iso(2 * HOUR), text: 'On time' });
    expect(sent).toMatchObject({ deferredUntil: iso(2 * HOUR), deferredBecause: 'SCHEDULED' });
    expect(await statusOf(business, sent.id)).toEqual({
      status: 'ACCEPTED',
      reason: null,
      sendAt: iso(2 * HOUR),
      expiresAt: iso(2 * HOUR + 30 * DAY),
      deferredUntil: iso(2 * HOUR),
      deferredBecause: 'SCHEDULED',
    });
    await at(2 * HOUR - 1);
    expect(await inboxOf(person)).toEqual([]);
    await at(2 * HOUR);
    expect(await inboxOf(person)).toEqual(['On time']);
    expect(await statusOf(business, sent.id)).toMatchObject({ status: 'DISPATCHED', deferredUntil: null });
  });

  it.each([
    ['less than 5 minutes', 5 * MINUTE - 1, 'SCHEDULE_TOO_SOON', null],
    ['more than 35 days', 35 * DAY + 1, 'SCHEDULE_TOO_FAR', 1],
  ])('is refused for %s ahead', async (_, ahead, reason, retryAt) => {
    const { contact } = await somebody();
    const expected = { reason, retryAt: retryAt === null ? null : iso(retryAt) };
    const message = aMessage(contact, { sendAt: iso(ahead) });
    expect(await sendAll(business, [message])).toMatchObject([expected]);
    const [foreseen] = await preflight(business, [message]);
    expect(foreseen).toMatchObject({ outcome: 'REFUSED', because: { gate: 'SCHEDULE', ...expected } });
  });

  it('is taken for exactly 5 minutes, and for exactly 35 days ahead', async () => {
    const { contact } = await somebody();
    const both = [5 * MINUTE, 35 * DAY].map((ahead) => aMessage(contact, { sendAt: iso(ahead) }));
    expect(await sendAll(business, both)).toMatchObject([
      { deferredUntil: iso(5 * MINUTE) },
      { deferredUntil: iso(35 * DAY) },
    ]);
  });

  it('answers a repeated key as the first time, and another time under it is a conflict', async () => {
    const { contact } = await somebody();
    const input = { idempotencyKey: 'scheduled', sendAt: iso(HOUR) };
    const first = await send(business, contact, input);
    expect(await send(business, contact, input)).toEqual({ ...first, replayed: true });
    expect(await send(business, contact, { ...input, sendAt: iso(2 * HOUR) })).toMatchObject({
      reason: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it('holds up none that is sent after it, and comes in its turn', async () => {
    const { contact, person } = await somebody();
    await send(business, contact, { text: 'Later', sendAt: iso(HOUR) });
    await send(business, contact, { text: 'Now' });
    await send(business, contact, { text: 'Soon', sendAt: iso(30 * MINUTE) });
    await dispatchAll(platform);
    expect(await inboxOf(person)).toEqual(['Now']);
    await at(HOUR);
    expect(await inboxOf(person)).toEqual(['Now', 'Later', 'Soon']);
  });

  it('is decided again when it goes: a stop ends it in its own transaction', async () => {
    const { contact, person } = await somebody();
    const queued = await send(business, contact, { sendAt: iso(HOUR) });
    const waiting = await send(business, contact, { sendAt: iso(2 * HOUR) });
    await send(business, contact, { text: 'Now' }); // moves the others out of the queue
    await dispatchAll(platform);
    const other = await send(business, contact, { sendAt: iso(HOUR) });
    await person.api.do('mutation { stop(input: {}) { __typename } }');
    for (const { id } of [queued, waiting, other]) {
      expect(await statusOf(business, id)).toMatchObject({ status: 'SUPPRESSED', reason: 'CONSENT_STOPPED' });
    }
    await at(3 * HOUR);
    expect(await inboxOf(person)).toEqual(['Now']);
  });

  it('waits for what is in the way at its time, such as a pause', async () => {
    const { contact, person } = await somebody();
    await send(business, contact, { sendAt: iso(HOUR), text: 'After the pause' });
    await setPreferences(person.api, { pausedUntil: iso(3 * HOUR) });
    await at(3 * HOUR - 1);
    expect(await inboxOf(person)).toEqual([]);
    await at(3 * HOUR);
    expect(await inboxOf(person)).toEqual(['After the pause']);
  });

  it('is decided as of its time when it is accepted, by preflight and by sending alike', async () => {
    const { contact, person } = await somebody();
    await setPreferences(person.api, { pausedUntil: iso(4 * HOUR) });
    const during = aMessage(contact, { sendAt: iso(HOUR) });
    expect(await preflight(business, [during])).toMatchObject([
      { outcome: 'DEFERRED', because: { reason: 'PAUSED', deferredUntil: iso(4 * HOUR) } },
    ]);
    const after = aMessage(contact, { sendAt: iso(5 * HOUR) });
    expect(await sendAll(business, [during, after])).toMatchObject([
      { deferredUntil: iso(4 * HOUR), deferredBecause: 'PAUSED' },
      { deferredUntil: iso(5 * HOUR), deferredBecause: 'SCHEDULED' },
    ]);
  });

  it('in free words is taken for a time at which the service window is still open', async () => {
    const { contact, person } = await somebody();
    await write(person.api, owner.id, 'Hello?');
    const free = (ahead: number) => aMessage(contact, { freeForm: 'An answer', sendAt: iso(ahead) });
    expect(await sendAll(business, [free(24 * HOUR), free(24 * HOUR - 1)])).toMatchObject([
      { reason: 'SERVICE_WINDOW_CLOSED' },
      { deferredUntil: iso(24 * HOUR - 1) },
    ]);
  });

  describe('spends what it needs when it goes', () => {
    let small: GraphQLClient;
    let reachable: Reachable[];

    /** A business that may begin to message four people, and has nobody left of two. */
    async function aSmallBusiness(): Promise<void> {
      const { apiKey, id } = await aBusiness(platform);
      small = platform.business(apiKey);
      reachable = await reachablePeople(platform, small, TIER + 2);
      await platform
        .admin()
        .do(`mutation ($input: SetLimitOverrideInput!) { setLimitOverride(input: $input) { __typename } }`, {
          input: {
            business: id,
            kind: 'REACH_PLACES',
            value: TIER,
            reason: 'A trial.',
            endsAt: iso(20 * DAY),
          },
        });
    }
    const statuses = async (results: { id?: string }[]) => {
      const all = [];
      for (const { id } of results) all.push(await statusOf(small, id));
      return all;
    };

    it('and so no place of the reach tier before', async () => {
      await aSmallBusiness();
      const scheduled = await sendAll(
        small,
        reachable.map(({ contact }) => aMessage(contact, { sendAt: iso(3 * DAY), validForSeconds: 43_200 })),
      );
      expect(scheduled.every(({ deferredBecause }) => deferredBecause === 'SCHEDULED')).toBe(true);
      await at(3 * DAY);
      const all = await statuses(scheduled);
      expect(all.filter(({ status }) => status === 'DISPATCHED')).toHaveLength(TIER);
      const waits = all.filter(({ status }) => status === 'ACCEPTED');
      // The others wait for the oldest place to come free, but for no longer than they are valid.
      expect(waits).toHaveLength(2);
      expect(waits[0]).toMatchObject({
        status: 'ACCEPTED',
        deferredBecause: 'REACH_TIER',
        deferredUntil: iso(3 * DAY + 12 * HOUR),
      });
      await at(3 * DAY + 12 * HOUR);
      expect((await statuses(scheduled)).filter(({ status }) => status === 'EXPIRED')).toHaveLength(2);
    });

    it('and is suppressed where its sender wants no waiting', async () => {
      await aSmallBusiness();
      const results = await sendAll(
        small,
        reachable.map(({ contact }) => aMessage(contact, { sendAt: iso(3 * DAY), whenLimited: 'REFUSE' })),
      );
      await at(3 * DAY);
      const all = await statuses(results);
      expect(all.filter(({ reason }) => reason === 'REACH_TIER')).toHaveLength(2);
      expect(all.filter(({ status }) => status === 'DISPATCHED')).toHaveLength(TIER);
    });

    it('one slot of the throughput each', async () => {
      await aSmallBusiness();
      const [{ contact, person }] = reachable as [Reachable];
      await at(3 * DAY - HOUR);
      const messages = Array.from({ length: 45 }, (_, nr) =>
        aMessage(contact, { sendAt: iso(3 * DAY), text: `Nr ${nr}` }),
      );
      expect((await sendAll(small, messages)).every(({ id }) => id)).toBe(true);
      await clockAt(platform, after(3 * DAY));
      // The slots of other messages, all but 20 of a second's worth.
      await platform.database.sql(
        `UPDATE business_guard SET throughput_tat = (extract(epoch FROM assent_now()) * 1e6 + 750000)::bigint`,
      );
      await dispatchAll(platform);
      expect(await inboxOf(person)).toHaveLength(20);
      await at(3 * DAY + 25 * 12.5 - 1);
      expect(await inboxOf(person)).toHaveLength(44);
      await at(3 * DAY + 25 * 12.5 + 1);
      expect(await inboxOf(person)).toEqual(messages.map((_, nr) => `Nr ${nr}`));
    });
  });
});
