import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dailyCap, judgeCap } from './frequency.js';
import { judgePair } from './pair-limit.js';
import { judgeReach, REACH_WINDOW_MS } from './reach.js';
import { nextSlot } from './throughput.js';

/**
 * Each limit against the simplest thing that is right: a list of times. On 10,000 random schedules each, while the clock
 * of the process is wherever it likes, and through restarts: state goes through JSON, as through the database.
 */
const RUNS = { numRuns: 10_000 };
const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');

const steps = (most: number) => fc.array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 40 });
const throughJson = <State>(state: State): State => JSON.parse(JSON.stringify(state)) as State;

/** A comparison that costs nothing where it holds: there are hundreds of thousands. */
function same<Value>(actual: Value, expected: Value): void {
  if (actual !== expected) expect(actual).toBe(expected);
}

/** The earliest time from `now` on at which one more fits: of any so many in a row no more than interval and burst allow. */
function earliestFit(times: readonly number[], interval: number, burst: number, now: number): number {
  return times.reduce((earliest, time, at) => {
    const withIt = times.length - at + 1;
    return Math.max(earliest, time + (withIt - burst) * interval);
  }, now);
}

describe('limits against lists of times', () => {
  const processClock = Date.now;
  beforeEach(() => {
    let calls = 0;
    Date.now = () => (calls++ % 2 ? 0 : 9e12);
  });
  afterEach(() => {
    Date.now = processClock;
  });

  it('pair limit and write limit', () => {
    fc.assert(
      fc.property(steps(15_000), fc.integer({ min: 1, max: 5 }), (waits, burst) => {
        const limit = { intervalMs: 6_000, burst };
        const taken: number[] = [];
        let tat: string | null = null;
        let now = BEGIN;
        for (const wait of waits) {
          now += wait;
          const verdict = judgePair(limit, tat === null ? null : new Date(tat), new Date(now));
          const fits = earliestFit(taken, limit.intervalMs, burst, now);
          if (!verdict.passes) same(verdict.retryAt.getTime(), fits);
          same(verdict.passes, fits === now);
          if (!verdict.passes) continue;
          taken.push(now);
          tat = throughJson(verdict.tat) as unknown as string;
        }
      }),
      RUNS,
    );
  });

  it('throughput, with every message taking the slot that it is given', () => {
    fc.assert(
      fc.property(
        steps(40),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(80, 300, 1_000),
        (waits, burst, perSecond) => {
          const interval = Math.ceil(1e6 / perSecond);
          const slots: number[] = [];
          let tat: number | null = null;
          let now = BEGIN;
          for (const wait of waits) {
            now += wait;
            const slot = nextSlot({ perSecond, burst, longestWaitMs: 0 }, tat, new Date(now));
            const fits = earliestFit(slots, interval, burst, now * 1_000);
            same(slot.at.getTime(), Math.ceil(fits / 1_000));
            slots.push(fits);
            tat = throughJson(slot.tat);
          }
        },
      ),
      RUNS,
    );
  });

  it('caps of what a person sees', () => {
    fc.assert(
      fc.property(steps(10 * 3_600_000), fc.integer({ min: 1, max: 4 }), (waits, most) => {
        const cap = dailyCap(most);
        const seen: number[] = [];
        let kept: string[] = [];
        let now = BEGIN;
        for (const wait of waits) {
          now += wait;
          const verdict = judgeCap(
            cap,
            kept.map((time) => new Date(time)),
            new Date(now),
          );
          const counted = (at: number) => seen.filter((time) => at < time + cap.windowMs).length;
          same(verdict.passes, counted(now) < most);
          if (verdict.passes) {
            seen.push(now);
            kept = throughJson([new Date(now).toISOString(), ...kept].slice(0, most));
          } else {
            same(counted(verdict.retryAt?.getTime() ?? 0) < most, true);
            same(counted((verdict.retryAt?.getTime() ?? 0) - 1), most);
          }
        }
      }),
      RUNS,
    );
  });

  it('reach', () => {
    const sends = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 10 * 3_600_000 }), fc.integer({ min: 0, max: 5 })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(sends, fc.integer({ min: 0, max: 4 }), (schedule, limit) => {
        const places: { contact: number; at: number }[] = [];
        /** What the database keeps: a count, the places by time, and of each contact when it last took one. */
        const kept = { used: 0, places: [] as number[], of: {} as Record<string, number> };
        let now = BEGIN;
        for (const [wait, contact] of schedule) {
          now += wait;
          while (kept.places[0] !== undefined && kept.places[0] <= now - REACH_WINDOW_MS) {
            kept.places.shift();
            kept.used--;
          }
          const date = (time: number | undefined) => (time === undefined ? null : new Date(time));
          const facts = { limit, used: kept.used, oldestTakenAt: date(kept.places[0]) };
          const verdict = judgeReach(facts, date(kept.of[contact]), new Date(now));
          const held = (at: number) => places.filter((place) => at < place.at + REACH_WINDOW_MS);
          const hasOne = held(now).some((place) => place.contact === contact);
          same(verdict.passes, hasOne || held(now).length < limit);
          if (!verdict.passes) {
            const at = verdict.retryAt?.getTime();
            if (at === undefined) same(limit, 0);
            else {
              same(held(at).length < Math.max(limit, 1), true);
              same(held(at - 1).length >= limit, true);
            }
          } else if (verdict.takesPlace) {
            same(hasOne, false);
            places.push({ contact, at: now });
            kept.used++;
            kept.places.push(now);
            kept.of[contact] = now;
          }
        }
      }),
      RUNS,
    );
  });
});
