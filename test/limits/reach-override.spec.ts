import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { setLimit } from '../support/builders/limits.js';
import { aMessage, send, sendAll, type SendResult } from '../support/builders/messaging.js';
import { preflight } from '../support/builders/preflight.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const NOON = Date.UTC(2026, 10, 25, 11);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of a business that was verified. */
const PLACES = 3;

describe('a reach tier under an override that ends while its places are held', () => {
  let platform: TestPlatform;
  let shop: TestBusiness;
  let business: GraphQLClient;
  let crowd: CrowdMember[];

  beforeAll(async () => {
    platform = await startPlatform({ REACH_TIERS: `1,${PLACES},10,20` }, { worker: false });
  });
  beforeEach(async () => {
    await at(0);
    shop = await aBusiness(platform);
    business = platform.business(shop.apiKey);
    crowd = await aCrowd(platform, 8, [shop]);
  });
  afterAll(() => platform.stop());

  const at = (milliseconds: number) => clockAt(platform, new Date(NOON + milliseconds));
  const iso = (milliseconds: number) => new Date(NOON + milliseconds).toISOString();
  const set = (places: number, ends: number) =>
    setLimit(platform, shop, 'REACH_PLACES', places, new Date(NOON + ends));
  const contact = (member: number) => String(crowd[member]?.contacts[0]);
  const begin = (member: number): Promise<SendResult> => send(business, contact(member));
  /** That a message is refused before a time, names it, and passes at it. */
  async function passesFrom(milliseconds: number, member: number): Promise<void> {
    const refused = { reason: 'REACH_TIER', retryAt: iso(milliseconds) };
    expect(await begin(member)).toMatchObject(refused);
    const [foreseen] = await preflight(business, [aMessage(contact(member))]);
    expect(foreseen).toMatchObject({ outcome: 'REFUSED', because: refused });
    await at(milliseconds - 1);
    expect(await begin(member)).toMatchObject(refused);
    await at(milliseconds);
    expect(await begin(member)).toMatchObject({ __typename: 'AcceptedMessage' });
  }

  it('that raised it has a place free once few enough are held for the tier again', async () => {
    await set(2 * PLACES, HOUR);
    for (let member = 0; member < PLACES; member++) {
      await at(member * MINUTE);
      await begin(member);
    }
    await at(PLACES * MINUTE);
    // One batch takes the last places, and meets what it took.
    const answers = await sendAll(
      business,
      [3, 4, 5, 6].map((member) => aMessage(contact(member))),
    );
    expect(answers.map(({ reason, retryAt }) => reason && retryAt)).toEqual([
      undefined,
      undefined,
      undefined,
      iso(PLACES * MINUTE + DAY),
    ]);
    await passesFrom(PLACES * MINUTE + DAY, 6);
  });

  it('that lasts until enough places are free has one when the first is', async () => {
    await set(PLACES + 1, DAY + HOUR);
    for (let member = 0; member <= PLACES; member++) {
      await at(member * MINUTE);
      await begin(member);
    }
    await passesFrom(DAY, 6);
  });

  it('that took all of it has a place free when it ends, or when the first of the tier is', async () => {
    for (let member = 0; member < PLACES - 1; member++) await begin(member);
    await set(0, HOUR);
    await passesFrom(HOUR, 6);
    await set(0, 2 * HOUR);
    await passesFrom(DAY, 7);
  });
});
