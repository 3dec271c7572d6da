import { type Outcome, OUTCOME_WEIGHTS, type Weight } from './outcome.js';

/** What people's reactions say of a business, or of one of its templates. */
export const QualityLevel = { UNKNOWN: 'UNKNOWN', GREEN: 'GREEN', YELLOW: 'YELLOW', RED: 'RED' } as const;
export type QualityLevel = keyof typeof QualityLevel;

/** What is believed of a business that nothing is known of, and how much evidence that belief is worth. */
export const PRIOR = { score: 0.8, evidence: 20 } as const;

/**
 * Scores at which levels change. YELLOW is as wide as the share that one cohort can have, so no cohort alone brings a
 * GREEN business to RED or a RED one to GREEN. A level that was left takes `hysteresis` more to come back to.
 */
export const THRESHOLDS = { green: 0.9, red: 0.7, hysteresis: 0.02 } as const;

/** What an operator can set. */
export interface QualityRules {
  /** A reaction counts half after so many days. */
  halfLifeDays: number;
  /** People who have had their number for less are unproven, and all of them together are one cohort. */
  provenDays: number;
  /** The largest share of the evidence that one cohort can have, 0–1. */
  cohortShare: number;
  /** Weighted reactions below which the level is UNKNOWN; once known, four fifths of it are enough. */
  evidence: number;
}

/** How much speaks for a business and how much against it, of each cohort. */
export type Cohorts = ReadonlyMap<string, Weight>;

/** The judgement of one moment. */
export interface Judgement {
  level: QualityLevel;
  /** 0–1: how likely the next reaction is a good one. */
  score: number;
  /** What was counted for and against, after the shares of cohorts were limited. */
  good: number;
  bad: number;
}

/**
 * Judges what speaks for and against a business: the mean of a Beta distribution, as in the Beta Reputation System
 * (Jøsang and Ismail, 2002), whose forgetting factor is here the age of each reaction.
 */
export function judgeQuality(cohorts: Cohorts, before: QualityLevel, rules: QualityRules): Judgement {
  const { good, bad } = limited(cohorts, rules.cohortShare);
  return { ...judgeEvidence({ good, bad }, before, rules), good, bad };
}

/** Judges evidence whose cohorts were limited already. */
export function judgeEvidence(
  { good, bad }: Weight,
  before: QualityLevel,
  { evidence }: Pick<QualityRules, 'evidence'>,
): Pick<Judgement, 'level' | 'score'> {
  const score = scoreOf({ good, bad });
  return { score, level: levelOf(score, good + bad, before, evidence) };
}

/** Reactions that have not happened, of people who count in full and are in no cohort that is full. */
export type Supposed = Partial<Record<Outcome, number>>;

/** What the judgement would be if these came on top now. */
export function supposing(
  now: Weight & { level: QualityLevel },
  supposed: Supposed,
  rules: QualityRules,
): Judgement {
  let { good, bad } = now;
  for (const [outcome, count = 0] of Object.entries(supposed) as [Outcome, number | undefined][]) {
    good += count * OUTCOME_WEIGHTS[outcome].good;
    bad += count * OUTCOME_WEIGHTS[outcome].bad;
  }
  return { ...judgeEvidence({ good, bad }, now.level, rules), good, bad };
}

/** What would bring a business to the next better level. */
export interface Restoring {
  level: QualityLevel;
  /** So many more conversations with a reply, or so many that were read, of people who count in full. */
  replies: number;
  reads: number;
}

/** What would restore a business; undefined where it is GREEN, or where more evidence decides. */
export function restoring({ good, bad, level }: Weight & { level: QualityLevel }): Restoring | undefined {
  if (level !== 'RED' && level !== 'YELLOW') return undefined;
  const target = (level === 'RED' ? THRESHOLDS.red : THRESHOLDS.green) + THRESHOLDS.hysteresis;
  const total = good + bad + PRIOR.evidence;
  const missing = (target * total - good - PRIOR.score * PRIOR.evidence) / (1 - target);
  const each = (outcome: Outcome) => {
    const worth = OUTCOME_WEIGHTS[outcome].good;
    const restores = (count: number) => scoreOf({ good: good + count * worth, bad }) >= target;
    let count = Math.max(0, Math.ceil(missing / worth));
    // Where it comes out whole, rounding can make it one too many or too few; what judges is the score itself.
    if (count > 0 && restores(count - 1)) count -= 1;
    if (!restores(count)) count += 1;
    return count;
  };
  return {
    level: level === 'RED' ? 'YELLOW' : 'GREEN',
    replies: each('REPLIED'),
    reads: each('READ'),
  };
}

/** After how many days without any reaction so little would be left that the level is UNKNOWN. */
export function daysUntilUnknown(
  { good, bad }: Weight,
  { evidence, halfLifeDays }: Pick<QualityRules, 'evidence' | 'halfLifeDays'>,
): number {
  return Math.max(0, halfLifeDays * Math.log2((good + bad) / (evidence * STILL_KNOWN)));
}

/** A level that is known stays so down to this part of the evidence. */
const STILL_KNOWN = 0.8;

function scoreOf({ good, bad }: Weight): number {
  return (good + PRIOR.score * PRIOR.evidence) / (good + bad + PRIOR.evidence);
}

function levelOf(score: number, evidence: number, before: QualityLevel, least: number): QualityLevel {
  if (evidence < (before === 'UNKNOWN' ? least : least * STILL_KNOWN)) return 'UNKNOWN';
  const { green, red, hysteresis } = THRESHOLDS;
  if (score >= (before === 'YELLOW' || before === 'RED' ? green + hysteresis : green)) return 'GREEN';
  return score < (before === 'RED' ? red + hysteresis : red) ? 'RED' : 'YELLOW';
}

/** The evidence, each cohort cut down to its share of all of it, the prior included. */
function limited(cohorts: Cohorts, share: number): Weight {
  const masses = [...cohorts.values()].map(({ good, bad }) => good + bad);
  const most = share * totalOf(masses, share);
  let [good, bad] = [0, 0];
  for (const cohort of cohorts.values()) {
    const mass = cohort.good + cohort.bad;
    const part = mass > most ? most / mass : 1;
    good += part * cohort.good;
    bad += part * cohort.bad;
  }
  return { good, bad };
}

/**
 * The total T of the prior and of all masses, each cut to share·T. As cohorts are cut, T falls, and more of them may have to
 * be; taken from the largest on, the first T that cuts no more is the one.
 */
function totalOf(masses: readonly number[], share: number): number {
  let left = masses.reduce((sum, mass) => sum + mass, PRIOR.evidence);
  let cut = 0;
  for (const mass of masses.toSorted((a, b) => b - a)) {
    const total = left / (1 - cut * share);
    if (mass <= share * total) return total;
    left -= mass;
    cut += 1;
  }
  return left / (1 - cut * share);
}
