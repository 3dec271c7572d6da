import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { build } from '../processes/build.js';
import { RacingProcesses } from '../processes/racing-processes.js';
import { send, wasAccepted } from '../support/builders/messaging.js';
import { BESIDE, CONNECTIONS, type LimitRace, LimitRaces, RACE_SETTINGS, REACH } from './limit-races.js';
import { LIMITS } from './raced-limits.js';

const MOST_ROUNDS = 60;

/** Every limit is raced for by 64 connections to 4 processes. */
describe('promise: limits are exact', () => {
  let processes: RacingProcesses;
  let races: LimitRaces;

  beforeAll(() => build(), 300_000);
  beforeAll(async () => {
    processes = await RacingProcesses.start(RACE_SETTINGS, BESIDE);
    races = await LimitRaces.prepare(processes);
  }, 180_000);
  afterEach(() => processes.plant());
  afterAll(() => processes.stop());

  it.each(LIMITS)('$name lets exactly $most of 64 pass', async (limit) => {
    const passed = await races.race(limit);
    expect(passed).toBeGreaterThanOrEqual(limit.most);
    expect(passed).toBeLessThanOrEqual(limit.bound ?? limit.most);
  });

  it.each(LIMITS)(
    '$name would not without the locks',
    async (limit) => {
      const bound = limit.bound ?? limit.most;
      let passed = 0;
      // A race can by chance end well; hardly ever sixty.
      for (let round = 0; passed <= bound && round < MOST_ROUNDS; round++)
        passed = await races.race(limit, { broken: true });
      expect(passed).toBeGreaterThan(bound);
    },
    180_000,
  );

  it('names the time at which the same message passes, and not one millisecond before', async () => {
    const { platform } = processes;
    const business = platform.business(races.business(REACH).apiKey);
    // Of the crowd, whoever has taken part in no race.
    const contact = races.contact(2 * CONNECTIONS - 1, REACH);
    expect(await races.race(LIMITS[0] as LimitRace)).toBe(LIMITS[0]?.most);
    const refused = await send(business, contact);
    const retryAt = Date.parse(refused.retryAt ?? '');
    await clockAt(platform, new Date(retryAt - 1));
    expect(await send(business, contact)).toMatchObject({ reason: 'REACH_TIER', retryAt: refused.retryAt });
    await clockAt(platform, new Date(retryAt));
    expect(wasAccepted(await send(business, contact))).toBe(true);
  });
});
