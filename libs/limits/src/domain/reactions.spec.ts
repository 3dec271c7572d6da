import { describe, expect, it } from '@jest/globals';
import { judgeQuality, type QualityLevel, type QualityRules } from './quality.js';
import { type Reactions, Tally } from './reactions.js';

const RULES: QualityRules = { halfLifeDays: 7, provenDays: 30, cohortShare: 0.2, evidence: 50 };
const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const ago = (days: number) => NOW - days * DAY;

/** A conversation with somebody who has been here for a year and has to do with many. */
const conversation = (reactions: Partial<Reactions> = {}): Reactions => ({
  joinedAt: ago(365),
  otherBusinesses: 5,
  firstAt: ago(2),
  deliveredAt: ago(2),
  readAt: null,
  repliedAt: null,
  stoppedAt: null,
  blockedAt: null,
  reportedAt: null,
  upheld: false,
  ...reactions,
});

function tallied(conversations: readonly Reactions[], otherBusinesses = 10) {
  const tally = new Tally(NOW, otherBusinesses, RULES);
  for (const each of conversations) tally.add(each);
  return tally;
}
const sumsOf = (...conversations: Reactions[]) => [...tallied(conversations).cohorts];
const standsAs = (reactions: Partial<Reactions>) =>
  Object.entries(tallied([conversation(reactions)]).counts).flatMap(([outcome, count]) =>
    count ? [outcome] : [],
  );

describe('a conversation', () => {
  it.each([
    ['SILENT', {}],
    ['READ', { readAt: ago(1) }],
    ['REPLIED', { readAt: ago(1), repliedAt: ago(1) }],
    ['STOPPED', { readAt: ago(1), repliedAt: ago(1), stoppedAt: ago(1) }],
    ['BLOCKED', { stoppedAt: ago(1), blockedAt: ago(1) }],
    ['REPORTED', { blockedAt: ago(1), reportedAt: ago(1) }],
    ['UPHELD', { blockedAt: ago(1), reportedAt: ago(1), upheld: true }],
  ])('counts once, as %s', (outcome, reactions) => {
    expect(standsAs(reactions)).toEqual([outcome]);
  });

  it.each([
    ['before anything became visible', { firstAt: null, stoppedAt: ago(1) }],
    ['while nothing was delivered and nobody reacted', { deliveredAt: null }],
    ['in the first day of silence', { firstAt: NOW - DAY + 1, deliveredAt: NOW - DAY + 1 }],
    [
      'where they objected before the first message',
      { deliveredAt: null, reportedAt: ago(3), stoppedAt: ago(3) },
    ],
    ['eight half-lives later', { firstAt: ago(60), deliveredAt: ago(56), reportedAt: ago(56) }],
  ])('counts for nothing %s', (_, reactions) => {
    expect(standsAs(reactions)).toEqual([]);
  });

  it('wears off by half in a half-life, so a fresh reply outweighs an old stop', () => {
    const [old] = sumsOf(conversation({ firstAt: ago(20), stoppedAt: ago(7) }));
    expect(old?.[1].bad).toBeCloseTo(1.5);
    expect(standsAs({ firstAt: ago(20), stoppedAt: ago(7), repliedAt: ago(0) })).toEqual(['REPLIED']);
    expect(standsAs({ firstAt: ago(20), stoppedAt: ago(1), repliedAt: ago(0) })).toEqual(['STOPPED']);
  });
});

describe('a voice', () => {
  const weightOf = (reactions: Partial<Reactions>, others = 10) => {
    const [sum] = [...tallied([conversation({ readAt: ago(0), ...reactions })], others).cohorts];
    return { cohort: sum?.[0], weight: sum?.[1].good };
  };

  it('is as loud as the number is old and the person known to others', () => {
    expect(weightOf({})).toMatchObject({ weight: 1 });
    expect(weightOf({ joinedAt: ago(30) })).toMatchObject({ weight: 1 });
    expect(weightOf({ joinedAt: ago(30), otherBusinesses: 1 })).toMatchObject({ weight: 0.5 });
    expect(weightOf({ joinedAt: ago(0) }).weight).toBeCloseTo(1 / 31);
    expect(weightOf({ joinedAt: ago(0), otherBusinesses: 0 }).weight).toBeCloseTo(1 / 124);
  });

  it('is one of a crowd while it is unproven, and else one of those who joined that day', () => {
    expect(weightOf({ joinedAt: ago(29) }).cohort).toBe('UNPROVEN');
    expect(weightOf({ otherBusinesses: 0 }).cohort).toBe('UNPROVEN');
    expect(weightOf({ joinedAt: ago(40) }).cohort).not.toBe(weightOf({ joinedAt: ago(41) }).cohort);
    expect(weightOf({ joinedAt: ago(40) }).cohort).toMatch(/^JOINED /);
  });

  it('can be known to no more businesses than there are', () => {
    expect(weightOf({ otherBusinesses: 0 }, 0)).toMatchObject({
      weight: 1,
      cohort: expect.stringMatching(/^JOINED/),
    });
    expect(weightOf({ otherBusinesses: 1 }, 1)).toMatchObject({ weight: 1 });
    expect(weightOf({ otherBusinesses: 0 }, 1)).toMatchObject({ weight: 0.5, cohort: 'UNPROVEN' });
  });

  it('counts in full where the operator upheld what it reported', () => {
    const [sum] = sumsOf(
      conversation({
        joinedAt: ago(0),
        otherBusinesses: 0,
        reportedAt: ago(0),
        firstAt: ago(0),
        upheld: true,
      }),
    );
    expect(sum).toMatchObject([expect.stringMatching(/^JOINED/), { bad: 20 }]);
  });
});

describe('an attack', () => {
  /** Customers who joined on different days; one of so many reported. */
  const customers = (count: number, every: number): Reactions[] =>
    Array.from({ length: count }, (_, at) =>
      conversation({
        joinedAt: ago(60 + at),
        readAt: ago(1),
        ...(at % every === every - 1 ? { reportedAt: ago(1) } : {}),
      }),
    );
  const puppets = (count: number, reactions: Partial<Reactions>): Reactions[] =>
    Array.from({ length: count }, () => conversation({ joinedAt: ago(2), otherBusinesses: 0, ...reactions }));
  const levelOf = (reactions: Reactions[], before: QualityLevel = 'UNKNOWN') =>
    judgeQuality(tallied(reactions).cohorts, before, RULES).level;

  it.each([60, 100, 1_000, 10_000])(
    'by 1,000 new accounts that report a GREEN business of %d customers does not make it RED',
    (count) => {
      const business = customers(count, 500);
      expect(levelOf(business)).toBe('GREEN');
      const attacked = levelOf([...business, ...puppets(1_000, { reportedAt: ago(0) })], 'GREEN');
      expect(attacked).not.toBe('RED');
    },
  );

  it.each([
    ['new', { joinedAt: ago(2), otherBusinesses: 0 }],
    ['patient', { joinedAt: ago(200), otherBusinesses: 0 }],
    ['patient, made on one day and known to others', { joinedAt: ago(200), otherBusinesses: 9 }],
  ])('by 10,000 sock puppets that reply, %s, does not lift a RED business above YELLOW', (_, who) => {
    const business = customers(1_000, 10);
    expect(levelOf(business)).toBe('RED');
    for (const count of [10, 100, 1_000, 10_000])
      expect(levelOf([...business, ...puppets(count, { ...who, repliedAt: ago(0) })], 'RED')).not.toBe(
        'GREEN',
      );
  });

  it('would succeed if cohorts had no limit', () => {
    const unlimited = { ...RULES, cohortShare: 1 };
    const of = (reactions: Reactions[], before: QualityLevel) =>
      judgeQuality(tallied(reactions).cohorts, before, unlimited).level;
    expect(of([...customers(100, 500), ...puppets(1_000, { reportedAt: ago(0) })], 'GREEN')).toBe('RED');
    const patient = { joinedAt: ago(200), otherBusinesses: 0, repliedAt: ago(0) };
    expect(of([...customers(1_000, 10), ...puppets(20_000, patient)], 'RED')).toBe('GREEN');
  });
});
