import { Outcome, OUTCOME_WEIGHTS } from '../domain/outcome.js';
import { daysUntilUnknown, type QualityRules, restoring, THRESHOLDS } from '../domain/quality.js';
import type { Quality as Judged } from '../use-cases/quality-of.js';
import type { Quality, QualityRestoring } from './quality.types.js';

const DAY_MS = 86_400_000;
/** Numbers that a business reads are multiples of this: one person more or less does not show. */
const GRAIN = 5;

export const exact = (count: number) => Math.round(count);
export const coarse = (count: number) => Math.floor(count / GRAIN) * GRAIN;

/** The API's view of a judgement. @param rounded how counts are shown */
export function toQuality(
  judged: Judged | undefined,
  rules: QualityRules,
  rounded: (count: number) => number,
): Quality {
  return {
    level: judged?.level ?? 'UNKNOWN',
    since: judged?.since ?? null,
    score: judged ? toScore(judged) : null,
    evidence: judged ? rounded(judged.good + judged.bad) : 0,
    inputs: Object.values(Outcome).map((outcome) => ({
      outcome,
      conversations: rounded(judged?.counts[outcome] ?? 0),
      ...OUTCOME_WEIGHTS[outcome],
    })),
    formula: {
      halfLifeDays: rules.halfLifeDays,
      provenDays: rules.provenDays,
      cohortPercent: percent(rules.cohortShare),
      evidence: rules.evidence,
      greenFrom: percent(THRESHOLDS.green),
      redBelow: percent(THRESHOLDS.red),
      hysteresis: percent(THRESHOLDS.hysteresis),
    },
    restoring: judged ? toRestoring(judged, rules) : null,
    judgedAt: judged?.judgedAt ?? null,
  };
}

/** Whole points, rounded down: a score that shows as 90 is 90. */
export function toScore({ level, score }: Pick<Judged, 'level' | 'score'>): number | null {
  return level === 'UNKNOWN' ? null : Math.floor(100 * score);
}

function toRestoring(judged: Judged, rules: QualityRules): QualityRestoring | null {
  const next = restoring(judged);
  if (!next) return null;
  const days = daysUntilUnknown(judged, rules);
  return { ...next, forgottenAt: new Date(judged.judgedAt.getTime() + days * DAY_MS) };
}

function percent(share: number): number {
  return Math.round(100 * share);
}
