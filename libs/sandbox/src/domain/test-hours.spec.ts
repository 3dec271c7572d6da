import { describe, expect, it } from '@jest/globals';
import { DAY_HOUR, NIGHT_HOUR, zoneWhereItIs } from './test-hours.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

describe('the zone in which it is a given hour', () => {
  it.each(HOURS)('is found at %d o’clock UTC', (utc) => {
    const now = new Date(Date.UTC(2026, 10, 28, utc, 59, 59));
    for (const hour of [...HOURS, DAY_HOUR, NIGHT_HOUR]) {
      const timeZone = zoneWhereItIs(hour, now);
      const there = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(
        now,
      );
      expect(Number(there)).toBe(hour);
    }
  });
});
