import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './outcome.js';
import { clearsAt, renewed, SpamTally } from './spam-score.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const days = (count: number) => new Date(NOW.getTime() + count * 86_400_000);
const NO_LINKS = { share: 0, newestAt: null };
const HALF_LIFE = 7;

/** So many whole voices each, all of them of now unless `left` says otherwise. */
function tally(people: Partial<Record<Outcome, number>>, left = 1): SpamTally {
  const spam = new SpamTally();
  for (const [outcome, count] of Object.entries(people)) {
    for (let person = 0; person < count; person++) spam.add({ outcome: outcome as Outcome, voice: 1, left });
  }
  return spam;
}
const scoreOf = (
  people: Partial<Record<Outcome, number>>,
  links = NO_LINKS as { share: number; newestAt: Date | null },
) => tally(people).points(links, NOW, HALF_LIFE);

describe('a spam score', () => {
  it('is that of the worked example in docs/spam-score.md', () => {
    const people = { SILENT: 60, READ: 60, REPLIED: 10, STOPPED: 10, BLOCKED: 10, REPORTED: 20, UPHELD: 10 };
    expect(scoreOf(people, { share: 0.5, newestAt: days(-7) })).toBeCloseTo(36 * (80 / 210) + 5, 9);
  });

  it('is 0 of nobody and nothing, and 100 of nothing but what was upheld and hidden links', () => {
    expect(scoreOf({})).toBe(0);
    expect(scoreOf({ READ: 1_000, REPLIED: 10 })).toBe(0);
    expect(scoreOf({ UPHELD: 100_000 }, { share: 1, newestAt: NOW })).toBeCloseTo(100, 1);
  });

  it('rises with each that speaks against, and falls with each who reads, more so who answers', () => {
    const base = { SILENT: 50, READ: 50, REPORTED: 5 };
    const score = scoreOf(base);
    for (const worse of ['SILENT', 'STOPPED', 'BLOCKED', 'REPORTED', 'UPHELD'] as const) {
      expect(scoreOf({ ...base, [worse]: 60 })).toBeGreaterThan(score);
    }
    expect(scoreOf({ ...base, READ: 60 })).toBeLessThan(score);
    expect(scoreOf({ ...base, REPLIED: 10 })).toBeLessThan(scoreOf({ ...base, READ: 60 }));
  });

  it('stays low by silence alone, and by the reports of few', () => {
    expect(scoreOf({ SILENT: 1_000_000 })).toBeLessThan(8);
    expect(scoreOf({ REPORTED: 1, UPHELD: 1 })).toBeLessThan(6);
  });

  it('found again later with nothing new stays the former one, so the time that was told stands', () => {
    const people = { SILENT: 10, REPORTED: 10 };
    const links = { share: 0.5, newestAt: days(-1) };
    const former = renewed(undefined, tally(people).points(links, NOW, HALF_LIFE), NOW, HALF_LIFE);
    expect(former).toEqual({ score: 24, at: NOW });
    for (const day of [0.001, 1, 3, 10, 40]) {
      const again = tally(people, 2 ** (-day / HALF_LIFE)).points(links, days(day), HALF_LIFE);
      expect(renewed(former, again, days(day), HALF_LIFE)).toBe(former);
    }
  });

  it('is a new one once something speaks against, or a point or more for the business', () => {
    const former = { score: 24, at: NOW };
    expect(renewed(former, 24.1, NOW, HALF_LIFE)).toEqual({ score: 25, at: NOW });
    expect(renewed(former, 12.1, days(7), HALF_LIFE)).toEqual({ score: 13, at: days(7) });
    expect(renewed(former, 11, days(7), HALF_LIFE)).toEqual({ score: 11, at: days(7) });
    expect(renewed(former, 11.1, days(7), HALF_LIFE)).toBe(former);
  });

  it('clears after one half-life where it is twice what is allowed, in the first millisecond that is enough', () => {
    expect(clearsAt({ score: 40, at: NOW, most: 20, halfLifeDays: HALF_LIFE })).toEqual(days(7));
    expect(clearsAt({ score: 20, at: NOW, most: 20, halfLifeDays: HALF_LIFE })).toBeNull();
    const clears = clearsAt({ score: 33.3, at: NOW, most: 20, halfLifeDays: HALF_LIFE })!;
    const left = (ms: number) => 33.3 * 2 ** (-ms / (HALF_LIFE * 86_400_000));
    expect(left(clears.getTime() - NOW.getTime())).toBeLessThanOrEqual(20);
    expect(left(clears.getTime() - NOW.getTime() - 1)).toBeGreaterThan(20);
  });
});
