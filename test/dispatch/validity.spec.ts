import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness } from '../support/builders/accounts.js';
import { dispatchAll, inboxOf, statusOf } from '../support/builders/dispatch.js';
import { reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import { setPreferences } from '../support/builders/preferences.js';
import { eventsOf } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const NOON = new Date('2026-11-25T11:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('validity', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let people: Reachable[];

  const iso = (milliseconds: number) => new Date(NOON.getTime() + milliseconds).toISOString();
  const at = async (milliseconds: number) => {
    await clockAt(platform, new Date(NOON.getTime() + milliseconds));
    await dispatchAll(platform);
  };

  beforeAll(async () => {
    platform = await startPlatform({ VALIDITY_SERVICE_SECONDS: '7200' }, { worker: false });
    await clockAt(platform, NOON);
    business = platform.business((await aBusiness(platform)).apiKey);
    people = await reachablePeople(platform, business, 14);
  });
  afterEach(() => clockAt(platform, NOON));
  afterAll(() => platform.stop());

  async function somebody(): Promise<Reachable> {
    const next = people.pop();
    if (!next) throw new Error('More people are needed');
    await next.person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    return next;
  }

  it.each([
    ['AUTHENTICATION', 10 * MINUTE],
    ['SERVICE', 2 * HOUR],
    ['MARKETING', 30 * DAY],
  ])('of %s is as configured, where the message does not say', async (purpose, validFor) => {
    const { contact } = await somebody();
    const { id } = await send(business, contact, { purpose });
    expect(await statusOf(business, id)).toMatchObject({ expiresAt: iso(validFor) });
  });

  it.each([
    ['AUTHENTICATION', 30, 900],
    ['SERVICE', 30, 43_200],
    ['MARKETING', 43_200, 2_592_000],
  ])('of %s may be within its range, and no more', async (purpose, shortest, longest) => {
    const { contact } = await somebody();
    for (const validForSeconds of [shortest, longest]) {
      const { id } = await send(business, contact, { purpose, validForSeconds });
      expect(await statusOf(business, id)).toMatchObject({ expiresAt: iso(validForSeconds * SECOND) });
    }
    for (const validForSeconds of [shortest - 1, longest + 1].filter(
      (each) => each >= 30 && each <= 2_592_000,
    )) {
      expect(await send(business, contact, { purpose, validForSeconds })).toMatchObject({
        reason: 'VALIDITY_OUT_OF_RANGE',
        retryAt: null,
      });
    }
  });

  it.each([29, 2_592_001])('of %i seconds breaks a rule of the input', async (validForSeconds) => {
    const { contact } = await somebody();
    await expect(send(business, contact, { validForSeconds })).rejects.toThrow(
      'input.validForSeconds must be a whole number of seconds from 30 to 2,592,000',
    );
  });

  it('ends what no worker dispatched in time, exactly then, with an event', async () => {
    const { contact, person } = await somebody();
    const inTime = await send(business, contact, { validForSeconds: 61, text: 'In time' });
    const late = await send(business, contact, { validForSeconds: 60, text: 'Late' });
    await at(60 * SECOND);
    expect(await inboxOf(person)).toEqual(['In time']);
    expect(await statusOf(business, inTime.id)).toMatchObject({ status: 'DISPATCHED' });
    expect(await statusOf(business, late.id)).toMatchObject({ status: 'EXPIRED', reason: 'VALIDITY_ENDED' });
    // Events show once no older transaction runs, on the whole server.
    const told = await until('the event shows', async () => {
      const events = (await eventsOf(business)).map(({ payload }) => JSON.parse(payload).data);
      return events.find(({ message }) => message === late.id);
    });
    expect(told).toMatchObject({ status: 'EXPIRED', step: 4, reason: 'VALIDITY_ENDED' });
  });

  it('ends what waits for longer than it is valid', async () => {
    const { contact, person } = await somebody();
    const sent = await send(business, contact, { text: 'Too late' });
    await setPreferences(person.api, { pausedUntil: iso(5 * HOUR) });
    await dispatchAll(platform);
    expect(await statusOf(business, sent.id)).toMatchObject({
      deferredBecause: 'PAUSED',
      deferredUntil: iso(2 * HOUR),
    });
    await at(2 * HOUR);
    expect(await statusOf(business, sent.id)).toMatchObject({ status: 'EXPIRED', reason: 'VALIDITY_ENDED' });
    await at(5 * HOUR);
    expect(await inboxOf(person)).toEqual([]);
  });

  it('refuses at once what would have to wait for longer, and names the time from which on it would not', async () => {
    const { contact, person } = await somebody();
    await setPreferences(person.api, { pausedUntil: iso(5 * HOUR) });
    const retryAt = iso(3 * HOUR + 15 * SECOND);
    expect(await send(business, contact)).toMatchObject({ reason: 'PAUSED', retryAt });
    await clockAt(platform, new Date(retryAt));
    expect(await send(business, contact)).toMatchObject({ deferredUntil: iso(5 * HOUR) });
  });
});
