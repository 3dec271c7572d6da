import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { preferencesOf, SET_PREFERENCES, setPreferences } from '../support/builders/preferences.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const NONE = {
  timeZone: null,
  quietHours: null,
  marketingCap: null,
  marketingCapInForce: 4,
  pausedUntil: null,
};
const HOUR = 3_600_000;

describe('preferences', () => {
  let platform: TestPlatform;
  let person: TestPerson;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
  });
  afterEach(() => platform.shiftClock(0));
  afterAll(() => platform.stop());

  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

  it('are none at first', async () => {
    person = await aPerson(platform);
    expect(await preferencesOf(person.api)).toEqual(NONE);
  });

  it('change where they are named, and are taken back with null', async () => {
    person = await aPerson(platform);
    const quietHours = { from: '20:30', to: '07:15' };
    await setPreferences(person.api, { timeZone: 'Asia/Kolkata', quietHours });
    await setPreferences(person.api, { marketingCap: 2 });
    const pausedUntil = inHours(1);
    const all = {
      timeZone: 'Asia/Kolkata',
      quietHours,
      marketingCap: 2,
      marketingCapInForce: 2,
      pausedUntil,
    };
    expect(await setPreferences(person.api, { pausedUntil })).toEqual(all);
    expect(await preferencesOf(person.api)).toEqual(all);
    await setPreferences(person.api, {
      timeZone: null,
      quietHours: null,
      marketingCap: null,
      pausedUntil: null,
    });
    expect(await preferencesOf(person.api)).toEqual(NONE);
  });

  it('are the own ones of each person', async () => {
    person = await aPerson(platform);
    await setPreferences(person.api, { marketingCap: 0 });
    expect(await preferencesOf((await aPerson(platform)).api)).toEqual(NONE);
  });

  it('tell of no pause that is over', async () => {
    person = await aPerson(platform);
    await setPreferences(person.api, { pausedUntil: inHours(1) });
    await platform.shiftClock(HOUR);
    expect(await preferencesOf(person.api)).toEqual(NONE);
  });

  it.each([
    [{ timeZone: 'Berlin' }, 'timeZone', /name of a time zone of the IANA database/],
    [{ timeZone: '+01:00' }, 'timeZone', /name of a time zone of the IANA database/],
    [{ quietHours: { from: '8:00', to: '09:00' } }, 'quietHours.from', /must be a time of day, HH:MM/],
    [{ quietHours: { from: '08:00', to: '24:00' } }, 'quietHours.to', /must be a time of day, HH:MM/],
    [{ quietHours: { from: '08:00', to: '08:00' } }, 'quietHours', /must end at another time of day/],
    [{ marketingCap: -1 }, 'marketingCap', /must be a whole number from 0 to 1,000/],
    [{ marketingCap: 1_001 }, 'marketingCap', /must be a whole number from 0 to 1,000/],
    [{ marketingCap: 5 }, 'marketingCap', /must not be above the cap of this platform, 4/],
    [{ pausedUntil: inHours(-1) }, 'pausedUntil', /must be in the future, at most 366 days ahead/],
    [{ pausedUntil: inHours(366 * 24 + 1) }, 'pausedUntil', /must be in the future, at most 366 days ahead/],
  ])('can not be %j', async (input, field, rule) => {
    person = await aPerson(platform);
    const { errors } = await person.api.raw(SET_PREFERENCES, { input });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: `input.${field}`, rule: expect.stringMatching(rule) }],
    });
    expect(await preferencesOf(person.api)).toEqual(NONE);
  });

  it('change under the guard: not while somebody decides on the old ones', async () => {
    person = await aPerson(platform);
    const [{ lane, person_id }] = (await platform.database.sql(
      'SELECT lane, person_id FROM person_guard ORDER BY person_id DESC LIMIT 1',
    )) as [{ lane: number; person_id: string }];
    const sender = new pg.Client({ connectionString: platform.database.appUrl });
    await sender.connect();
    await sender.query(`BEGIN; SET LOCAL ROLE assent_engine;
      SELECT FROM person_guard WHERE lane = ${lane} AND person_id = '${person_id}' FOR NO KEY UPDATE`);
    let changed = false;
    const change = setPreferences(person.api, { marketingCap: 1 }).then(() => (changed = true));
    await until('it waits for the guard', async () => {
      const waiting = await platform.database.sql(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length === 1;
    });
    expect(changed).toBe(false);
    await sender.end();
    await change;
    expect(await preferencesOf(person.api)).toMatchObject({ marketingCap: 1 });
  });
});
