import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Weight } from './outcome.js';
import {
  daysUntilUnknown,
  judgeEvidence,
  judgeQuality,
  type QualityLevel,
  type QualityRules,
  restoring,
  supposing,
  THRESHOLDS,
} from './quality.js';

const RULES: QualityRules = { halfLifeDays: 7, provenDays: 30, cohortShare: 0.2, evidence: 50 };

const weight = fc.record({
  good: fc.double({ min: 0, max: 100_000, noNaN: true }),
  bad: fc.double({ min: 0, max: 100_000, noNaN: true }),
});
const cohorts = fc
  .array(weight, { maxLength: 60 })
  .map((all) => new Map(all.map((each, at): [string, Weight] => [`JOINED ${at}`, each])));
const level = fc.constantFrom<QualityLevel>('UNKNOWN', 'GREEN', 'YELLOW', 'RED');

const evenly = (days: number, each: Weight) =>
  new Map(Array.from({ length: days }, (_, at): [string, Weight] => [`JOINED ${at}`, each]));

/** Of which the formula says one read more than the score needs, for rounding. */
const JUST_BELOW_A_WHOLE_NUMBER = new Map<string, Weight>([
  ['JOINED 0', { good: 99_999.99999927203, bad: 0 }],
  ['JOINED 1', { good: 0, bad: 99_999.99993731148 }],
  ['JOINED 2', { good: 99_999.99998366088, bad: 0 }],
  ['JOINED 3', { good: 99_999.99998378186, bad: 0 }],
]);

describe('quality', () => {
  it.each([
    ['nothing', evenly(0, { good: 0, bad: 0 }), 'UNKNOWN'],
    ['a few', evenly(9, { good: 5, bad: 0 }), 'UNKNOWN'],
    ['enough that is good', evenly(10, { good: 5, bad: 0 }), 'GREEN'],
    ['one report in 100 people who read', evenly(10, { good: 99, bad: 10 }), 'GREEN'],
    ['four in 100', evenly(10, { good: 96, bad: 40 }), 'YELLOW'],
    ['ten in 100', evenly(10, { good: 90, bad: 100 }), 'RED'],
  ] as const)('judges %s', (_, evidence, expected) => {
    expect(judgeQuality(evidence, 'UNKNOWN', RULES).level).toBe(expected);
  });

  it('never lets one cohort, whatever is in it, move the score by more than its share', () => {
    fc.assert(
      fc.property(
        cohorts,
        weight,
        weight,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (all, one, other, share) => {
          const rules = { ...RULES, cohortShare: share };
          const scores = [[], [['X', one]], [['X', other]]].map(
            (more) =>
              judgeQuality(new Map([...all, ...(more as [string, Weight][])]), 'UNKNOWN', rules).score,
          );
          expect(Math.max(...scores) - Math.min(...scores)).toBeLessThanOrEqual(share + 1e-9);
        },
      ),
    );
  });

  it('so one cohort brings no GREEN business to RED, and no RED one to GREEN', () => {
    fc.assert(
      fc.property(cohorts, weight, weight, level, (all, one, other, before) => {
        const was = judgeQuality(new Map([...all, ['X', one]]), before, RULES).level;
        const is = judgeQuality(new Map([...all, ['X', other]]), was, RULES).level;
        expect([was, is]).not.toEqual(['GREEN', 'RED']);
        expect([was, is]).not.toEqual(['RED', 'GREEN']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is what its evidence says where no cohort is large', () => {
    fc.assert(
      fc.property(weight, fc.integer({ min: 5, max: 50 }), (each, days) => {
        const { good, bad } = judgeQuality(evenly(days, each), 'UNKNOWN', RULES);
        expect(good).toBeCloseTo(each.good * days, 3);
        expect(bad).toBeCloseTo(each.bad * days, 3);
      }),
    );
  });

  it('of few people who joined on the same days stays UNKNOWN, however loud they are', () => {
    for (const days of [1, 2, 3])
      expect(judgeQuality(evenly(days, { good: 0, bad: 1e6 }), 'UNKNOWN', RULES).level).toBe('UNKNOWN');
    expect(judgeQuality(evenly(4, { good: 0, bad: 1e6 }), 'UNKNOWN', RULES).level).toBe('RED');
  });

  it('comes back to a level only a little above where it left it', () => {
    const at = (score: number, before: QualityLevel) => {
      const total = 10_000;
      const good = score * (total + 20) - 16;
      return judgeEvidence({ good, bad: total - good }, before, RULES).level;
    };
    expect([at(0.905, 'GREEN'), at(0.905, 'UNKNOWN'), at(0.905, 'YELLOW')]).toEqual([
      'GREEN',
      'GREEN',
      'YELLOW',
    ]);
    expect([at(0.895, 'GREEN'), at(0.925, 'YELLOW'), at(0.925, 'RED')]).toEqual(['YELLOW', 'GREEN', 'GREEN']);
    expect([at(0.705, 'YELLOW'), at(0.705, 'RED'), at(0.725, 'RED')]).toEqual(['YELLOW', 'RED', 'YELLOW']);
    const judged = (good: number, before: QualityLevel) =>
      judgeEvidence({ good, bad: 0 }, before, RULES).level;
    expect([judged(45, 'UNKNOWN'), judged(45, 'GREEN'), judged(39, 'GREEN')]).toEqual([
      'UNKNOWN',
      'GREEN',
      'UNKNOWN',
    ]);
  });
});

describe('supposing more reactions', () => {
  it('of none changes nothing', () => {
    fc.assert(
      fc.property(cohorts, (all) => {
        const now = judgeQuality(all, 'UNKNOWN', RULES);
        expect(supposing(now, {}, RULES)).toEqual(now);
      }),
    );
  });

  it('says the same as they would, of people from all over', () => {
    const now = judgeQuality(evenly(100, { good: 9, bad: 1 }), 'UNKNOWN', RULES);
    const then = judgeQuality(evenly(100, { good: 9 + 2 + 1, bad: 1 + 10 + 6 + 3 }), now.level, RULES);
    const supposed = { REPORTED: 100, BLOCKED: 100, STOPPED: 100, REPLIED: 100, READ: 100 };
    expect(supposing(now, supposed, RULES)).toMatchObject({
      level: then.level,
      score: expect.closeTo(then.score, 9),
    });
  });
});

describe('what would restore a business', () => {
  it('restores it, and one less does not', () => {
    fc.assert(
      fc.property(cohorts, level, (all, before) => {
        const now = judgeQuality(all, before, RULES);
        const needed = restoring(now);
        if (!needed) return expect(['GREEN', 'UNKNOWN']).toContain(now.level);
        expect(supposing(now, { REPLIED: needed.replies }, RULES).level).not.toBe(now.level);
        expect(supposing(now, { READ: needed.reads }, RULES).level).not.toBe(now.level);
        expect(supposing(now, { READ: needed.reads - 1 }, RULES).level).toBe(now.level);
      }),
      { examples: [[JUST_BELOW_A_WHOLE_NUMBER, 'UNKNOWN']] },
    );
  });

  it('is also time: without messages the evidence wears off until nothing is known', () => {
    const now = { good: 20, bad: 140 };
    expect(daysUntilUnknown(now, RULES)).toBe(14);
    const later = { good: now.good / 4, bad: now.bad / 4 };
    expect(judgeEvidence({ ...later, bad: later.bad + 0.01 }, 'RED', RULES).level).toBe('RED');
    expect(judgeEvidence({ ...later, bad: later.bad - 0.01 }, 'RED', RULES).level).toBe('UNKNOWN');
    expect(THRESHOLDS.green - THRESHOLDS.red).toBeCloseTo(RULES.cohortShare, 9);
  });
});
