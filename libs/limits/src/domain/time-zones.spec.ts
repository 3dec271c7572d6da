import { describe, expect, it } from '@jest/globals';
import { getCountries } from 'libphonenumber-js';
import { isTimeZone, offsetAt, zonesOfCountry } from './time-zones.js';

describe('time zones', () => {
  it('have names of the IANA database', () => {
    expect(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'UTC'].every(isTimeZone)).toBe(
      true,
    );
    expect(['+01:00', 'Berlin', 'Europe/Berlin ', '', 'x'.repeat(61)].some(isTimeZone)).toBe(false);
  });

  it('are known for every country that has phone numbers', () => {
    for (const country of getCountries()) {
      expect(zonesOfCountry(country).length).toBeGreaterThan(0);
      expect(zonesOfCountry(country).length).toBeLessThan(50);
    }
    expect(zonesOfCountry(null)).toEqual([]);
    expect(zonesOfCountry('ZZ')).toEqual([]);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T00:59:59.999Z', 60],
    ['Europe/Berlin', '2026-03-29T01:00:00.000Z', 120],
    ['America/New_York', '2026-11-01T05:59:59.999Z', -240],
    ['America/New_York', '2026-11-01T06:00:00.000Z', -300],
    ['Asia/Kathmandu', '2026-11-01T06:00:00.000Z', 345],
    ['UTC', '2026-11-01T06:00:00.000Z', 0],
  ])('are ahead of UTC by so many minutes: %s at %s', (zone, at, minutes) => {
    expect(offsetAt(zone, Date.parse(at))).toBe(minutes * 60_000);
  });

  it('change their clocks on a quarter of an hour', () => {
    const hour = 3_600_000;
    for (const zone of ['Europe/London', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago']) {
      const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
      const name = (at: number) => clock.formatToParts(at).at(-1)?.value;
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += hour) {
        if (name(at) === name(at + hour)) continue;
        const change = [1, 2, 3, 4].map((quarter) => at + (quarter * hour) / 4);
        const first = change.find((time) => name(time) !== name(at)) ?? NaN;
        expect(name(first - 1)).toBe(name(at));
      }
    }
  });
});
