import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { setLimit } from '../support/builders/limits.js';
import { aMessage, reachablePeople, send, sendAll, wasAccepted } from '../support/builders/messaging.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const NOON = new Date('2026-11-25T11:00:00.000Z');
const DAY = 86_400_000;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ THROUGHPUT_PER_SECOND: '5,5,5,5,5' }, { worker: false });
  await clockAt(platform, NOON);
});
afterAll(() => platform.stop());

it('shows a business all its limits: how much, what is left, when more comes back, and why its tier is what it is', async () => {
  const { apiKey } = await aBusiness(platform);
  const business = platform.business(apiKey);
  const people = await reachablePeople(platform, business, 2);
  await sendAll(
    business,
    [0, 1, 1].map((at) => aMessage(people[at]!.contact)),
  );
  const { limits } = await business.do(
    '{ limits { all { name limit used remaining nextFreeAt } tierBecause { from to cause } } }',
  );
  const iso = (milliseconds: number) => new Date(NOON.getTime() + milliseconds).toISOString();
  const ofEach = { used: null, remaining: null, nextFreeAt: null };
  expect(limits.all).toEqual([
    { name: 'REACH_TIER', limit: 2_000, used: 2, remaining: 1_998, nextFreeAt: iso(DAY) },
    { name: 'THROUGHPUT', limit: 5, used: 3, remaining: 2, nextFreeAt: iso(200) },
    { name: 'PAIR_LIMIT', limit: 45, ...ofEach },
    { name: 'BUSINESS_MARKETING_CAP', limit: 3, ...ofEach },
    { name: 'MARKETING_CAP', limit: 4, ...ofEach },
    { name: 'TEMPLATE_SAMPLE', limit: 1_000_000, ...ofEach },
    { name: 'MATCH_DAILY', limit: 20_000, used: 2, remaining: 19_998, nextFreeAt: iso(DAY) },
    { name: 'MATCH_MONTHLY', limit: 100_000, used: 2, remaining: 99_998, nextFreeAt: iso(30 * DAY) },
  ]);
  expect(limits.tierBecause).toEqual({ from: 'TIER_250', to: 'TIER_2K', cause: 'VERIFICATION' });
});

it('says when an admin’s limit ends, where that leaves more before anything comes back', async () => {
  const shop = await aBusiness(platform);
  const business = platform.business(shop.apiKey);
  const [somebody] = await reachablePeople(platform, business, 1);
  expect(wasAccepted(await send(business, somebody!.contact))).toBe(true);
  const end = new Date(NOON.getTime() + DAY / 2);
  await setLimit(platform, shop, 'REACH_PLACES', 1, end);
  await setLimit(platform, shop, 'MATCH_DAILY', 1, end);
  const { limits } = await business.do('{ limits { all { name remaining nextFreeAt } } }');
  const nextFreeAt = end.toISOString();
  for (const name of ['REACH_TIER', 'MATCH_DAILY'])
    expect(limits.all).toContainEqual({ name, remaining: 0, nextFreeAt });
});

it('counts nobody whom a business answers: within 24 hours of what they wrote they take no place', async () => {
  const shop = await aBusiness(platform);
  const business = platform.business(shop.apiKey);
  const [one, other] = await reachablePeople(platform, business, 2);
  await setLimit(platform, shop, 'REACH_PLACES', 0, new Date(NOON.getTime() + 3 * DAY));
  for (const { person } of [one!, other!]) await write(person.api, shop.id, 'Do you have it in blue?');
  expect(wasAccepted(await send(business, one!.contact, { freeForm: 'We do.' }))).toBe(true);
  expect(wasAccepted(await send(business, other!.contact))).toBe(true);
  const { limits } = await business.do('{ limits { all { name used } } }');
  expect(limits.all).toContainEqual({ name: 'REACH_TIER', used: 0 });
  await clockAt(platform, new Date(NOON.getTime() + DAY));
  expect(await send(business, other!.contact)).toMatchObject({ reason: 'REACH_TIER' });
});
