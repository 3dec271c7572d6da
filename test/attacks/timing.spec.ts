import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { match } from '../support/builders/matching.js';
import { aPerson, aPhone, requestCode } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { random } from '../support/random.js';
import { API } from './groups.js';
import { tellsApart } from './mann-whitney.js';

const SAMPLES = 40;

let platform: TestPlatform;
let known: string[];

beforeAll(async () => {
  platform = await startPlatform({ REQUEST_UNITS_ADDRESS: '1000000000' }, { worker: false });
  known = [];
  for (let at = 0; at < SAMPLES; at++) {
    const { phone, api } = await aPerson(platform);
    // Whoever does not want to be matched is not to be told from whoever is not here.
    await api.do('mutation { stop(input: { purpose: MATCHING }) { __typename } }');
    known.push(phone);
  }
});
afterAll(() => platform.stop());

/**
 * Milliseconds that asking for each of the known and for as many unknown numbers took, in random order, so that what else the
 * machine does meets both alike.
 */
async function timesOf(
  ask: (phone: string) => Promise<unknown>,
): Promise<{ known: number[]; unknown: number[] }> {
  const chance = random(1);
  const order = [
    ...known.map((phone) => ({ phone, isKnown: true })),
    ...known.map(() => ({ phone: aPhone(), isKnown: false })),
  ]
    .map((one) => ({ one, at: chance() }))
    .sort((a, b) => a.at - b.at);
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let warming = 0; warming < 5; warming++) await ask(aPhone());
  for (const { one } of order) {
    const began = performance.now();
    await ask(one.phone);
    times[one.isKnown ? 'known' : 'unknown'].push(performance.now() - began);
  }
  return times;
}

describe(`${API[6]}: whether a number is known`, () => {
  it('is not told by how long matching takes', async () => {
    const business = platform.business((await aBusiness(platform)).apiKey);
    const times = await timesOf((phone) => match(business, [{ externalId: 'same', phone }]));
    expect(tellsApart(times.known, times.unknown)).toBe(false);
  });

  it('is not told by how long it takes to send a code', async () => {
    const times = await timesOf((phone) => requestCode(platform, phone));
    expect(tellsApart(times.known, times.unknown)).toBe(false);
  });
});
