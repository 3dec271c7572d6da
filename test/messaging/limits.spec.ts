import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, sendAll } from '../support/builders/messaging.js';
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
