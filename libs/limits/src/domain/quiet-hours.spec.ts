import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isTimeOfDay, judgeQuiet, type QuietRule } from './quiet-hours.js';
import { zonesOfCountry } from './time-zones.js';

const NIGHT = { from: '21:00', to: '08:00' };
const rule = (zone: string, hours = NIGHT): QuietRule => ({ hours, zones: [zone] });
const until = (rules: QuietRule[], at: string) => {
  const verdict = judgeQuiet(rules, new Date(at));
  return verdict.quiet ? (verdict.until?.toISOString() ?? 'never') : 'now';
};

describe('quiet hours', () => {
  it.each([
    ['19:59:59.999', 'now'],
    ['20:00:00.000', '2026-11-25T07:00:00.000Z'],
    ['23:30:12.345', '2026-11-25T07:00:00.000Z'],
  ])('begin at their first minute: %s UTC in Berlin', (time, expected) => {
    expect(until([rule('Europe/Berlin')], `2026-11-24T${time}Z`)).toBe(expected);
  });

  it('end at their last minute, to the millisecond', () => {
    expect(until([rule('Europe/Berlin')], '2026-11-25T06:59:59.999Z')).toBe('2026-11-25T07:00:00.000Z');
    expect(until([rule('Europe/Berlin')], '2026-11-25T07:00:00.000Z')).toBe('now');
  });

  it('need not go over midnight', () => {
    const siesta = rule('Europe/Madrid', { from: '14:00', to: '16:30' });
    expect(until([siesta], '2026-07-01T12:15:00.000Z')).toBe('2026-07-01T14:30:00.000Z');
    expect(until([siesta], '2026-07-01T14:30:00.000Z')).toBe('now');
  });

  it.each([
    // Spring forward: 02:00 is 03:00. Fall back: 03:00 is 02:00.
    ['Europe/Berlin', '2026-03-28T22:00:00.000Z', '2026-03-29T06:00:00.000Z'],
    ['Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T07:00:00.000Z'],
    ['America/New_York', '2026-03-08T03:00:00.000Z', '2026-03-08T12:00:00.000Z'],
    ['America/New_York', '2026-11-01T03:00:00.000Z', '2026-11-01T13:00:00.000Z'],
  ])('end at the same hour on the wall in the night that clocks change: %s from %s', (zone, at, expected) => {
    expect(until([rule(zone)], at)).toBe(expected);
  });

  it('that end in the hour that spring leaves out end with the change', () => {
    const short = { from: '01:00', to: '02:30' };
    expect(until([rule('Europe/Berlin', short)], '2026-03-29T00:10:00.000Z')).toBe(
      '2026-03-29T01:00:00.000Z',
    );
    expect(until([rule('America/New_York', short)], '2026-03-08T06:10:00.000Z')).toBe(
      '2026-03-08T07:00:00.000Z',
    );
  });

  it('that end in the hour that autumn repeats end both times', () => {
    const short = rule('Europe/Berlin', { from: '01:00', to: '02:30' });
    expect(until([short], '2026-10-25T00:10:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(until([short], '2026-10-25T01:10:00.000Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('hold while they hold anywhere in a country whose zone is not known', () => {
    const us = { hours: NIGHT, zones: zonesOfCountry('US') };
    expect(until([us], '2026-11-24T13:00:00.000Z')).toBe('2026-11-24T18:00:00.000Z'); // 08:00 in Hawaii
    expect(until([us], '2026-11-24T18:00:00.000Z')).toBe('now');
    expect(until([us], '2026-11-25T02:00:00.000Z')).toBe('2026-11-25T18:00:00.000Z'); // 21:00 in New York
  });

  it('add up: one rule never takes away what another says', () => {
    const law = rule('Europe/Berlin');
    const own = rule('Europe/Berlin', { from: '07:00', to: '10:00' });
    expect(until([law, own], '2026-11-24T22:00:00.000Z')).toBe('2026-11-25T09:00:00.000Z');
    expect(
      until([law, rule('Europe/Berlin', { from: '08:00', to: '21:00' })], '2026-11-24T12:00:00.000Z'),
    ).toBe('never');
  });

  it('end at the first quiet-free minute, in any zone, at any time of the year', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/St_Johns',
    ];
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const text = ([hour, minute]: [number, number]) =>
      `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    const year = { min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) };
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, time, fc.integer(year), (zone, from, to, begin) => {
        const rules = [rule(zone, { from: text(from), to: text(to) })];
        const isQuiet = (at: number) => judgeQuiet(rules, new Date(at)).quiet;
        const verdict = judgeQuiet(rules, new Date(begin));
        if (!verdict.quiet) return;
        const end = verdict.until?.getTime() ?? NaN;
        expect(isQuiet(end)).toBe(false);
        for (let at = end - 1; at > begin; at -= 13 * 60_000) expect(isQuiet(at)).toBe(true);
        expect(wallClock(zone, end - 1) >= text(from) || wallClock(zone, end - 1) < text(to)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('time of day', () => {
  it('is HH:MM', () => {
    expect(['00:00', '09:30', '23:59'].every(isTimeOfDay)).toBe(true);
    expect(['24:00', '9:30', '09:60', '09:30:00', ''].some(isTimeOfDay)).toBe(false);
  });
});

function wallClock(zone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}
