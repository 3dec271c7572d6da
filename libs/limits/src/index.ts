export { type Budget, capBudget, reachBudget, sampleBudget } from './domain/budget.js';
export { type Counts, Outcome, OUTCOME_WEIGHTS, type Weight } from './domain/outcome.js';
export { LimitsAdminApiModule } from './api/admin/limits-admin-api.module.js';
export { LimitsBusinessApiModule } from './api/business/limits-business-api.module.js';
export {
  type CapVerdict,
  dailyCap,
  type FrequencyCap,
  judgeCap,
  type MarketingLimits,
  weeklyCap,
  weeklyMost,
} from './domain/frequency.js';
export { judgePair, pairBudget, type PairLimit, type PairVerdict } from './domain/pair-limit.js';
export {
  type DailyHours,
  isTimeOfDay,
  judgeQuiet,
  type QuietRule,
  type QuietVerdict,
} from './domain/quiet-hours.js';
export {
  type BusinessReach,
  judgeReach,
  placesOf,
  REACH_TIERS,
  REACH_WINDOW_MS,
  type ReachFacts,
  type ReachTier,
  type ReachVerdict,
  takePlace,
} from './domain/reach.js';
export {
  failedBefore,
  isOver,
  judgeSample,
  type PacedMessage,
  pacedUntil,
  pacingOf,
  type Pacing,
  sampleOfVersion,
  takeSample,
  type TemplateSample,
} from './domain/sample.js';
export { nextSlot, type Slot, type Throughput, throughputBudget } from './domain/throughput.js';
export { isTimeZone, zonesOfCountry } from './domain/time-zones.js';
export {
  daysUntilUnknown,
  type Judgement,
  judgeQuality,
  PRIOR,
  QualityLevel,
  type QualityRules,
  restoring,
  type Restoring,
  supposing,
  THRESHOLDS,
} from './domain/quality.js';
export { type Reactions, Tally } from './domain/reactions.js';
export { ReachTierChange, toReachTierChange } from './api/reach-tier.types.js';
export { ReadReachTierChanges } from './use-cases/read-reach-tier-changes.js';
export { LimitsModule } from './limits.module.js';
export { QualityErasure } from './persistence/quality-erasure.js';
export { JudgeQuality } from './use-cases/judge-quality.js';
export { QualityExport } from './use-cases/quality-export.js';
export { ReadStops } from './use-cases/read-stops.js';
export {
  type RestrictionColumn,
  type RestrictionFact,
  selectRestriction,
  toRestrictionFact,
} from './persistence/restriction-column.js';
export { clearsAt, type SpamFact } from './domain/spam-score.js';
export { selectSpamScore, type SpamScoreColumn, toSpamScore } from './persistence/spam-score.store.js';
export { PauseTemplatesByQuality } from './use-cases/pause-templates-by-quality.js';
export { RaiseReachTiers } from './use-cases/raise-reach-tiers.js';
export { RestrictByQuality } from './use-cases/restrict-by-quality.js';
export { type Quality, QualityOf } from './use-cases/quality-of.js';
export { type ConversationReports, RecordReports } from './use-cases/record-reports.js';
export { ReadQuality } from './use-cases/read-quality.js';
