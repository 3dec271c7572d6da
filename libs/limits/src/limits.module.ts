import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import './api/events/limit-changes.event.js';
import './api/events/quality-changed.event.js';
import './api/events/template-quality-changed.event.js';
import { TemplatesModule } from '@assent/templates';
import { LimitOverrideStore } from './persistence/limit-override.store.js';
import { QualityErasure } from './persistence/quality-erasure.js';
import { QualityReaderStore } from './persistence/quality-reader.store.js';
import { QualityStore } from './persistence/quality.store.js';
import { ReachTierStore } from './persistence/reach-tier.store.js';
import { RestrictionStore } from './persistence/restriction.store.js';
import { SampleStore } from './persistence/sample.store.js';
import { SignalStore } from './persistence/signal.store.js';
import { SpamScoreStore } from './persistence/spam-score.store.js';
import { AppealRestriction } from './use-cases/appeal-restriction.js';
import { ConfiguredLimits } from './use-cases/configured-limits.js';
import { EndLimitOverride } from './use-cases/end-limit-override.js';
import { ImposeRestriction } from './use-cases/impose-restriction.js';
import { JudgeQuality } from './use-cases/judge-quality.js';
import { LimitProposals } from './use-cases/limit-proposals.js';
import { PauseTemplatesByQuality } from './use-cases/pause-templates-by-quality.js';
import { QualityExport } from './use-cases/quality-export.js';
import { QualityOf } from './use-cases/quality-of.js';
import { QualitySettings } from './use-cases/quality-settings.js';
import { RaiseReachTiers } from './use-cases/raise-reach-tiers.js';
import { ReadLimitOverrides } from './use-cases/read-limit-overrides.js';
import { ReadQuality } from './use-cases/read-quality.js';
import { ReadReachTierChanges } from './use-cases/read-reach-tier-changes.js';
import { ReadRestrictions } from './use-cases/read-restrictions.js';
import { ReadStops } from './use-cases/read-stops.js';
import { RestrictByQuality } from './use-cases/restrict-by-quality.js';
import { RecordReports } from './use-cases/record-reports.js';
import { Restrict } from './use-cases/restrict.js';
import { SetLimitOverride } from './use-cases/set-limit-override.js';
import { SetReachTier } from './use-cases/set-reach-tier.js';
import { SettleSamples } from './use-cases/settle-samples.js';

const STORES = [
  LimitOverrideStore,
  QualityReaderStore,
  QualityStore,
  ReachTierStore,
  RestrictionStore,
  SampleStore,
  SignalStore,
  SpamScoreStore,
];

const USE_CASES = [
  AppealRestriction,
  EndLimitOverride,
  ImposeRestriction,
  JudgeQuality,
  PauseTemplatesByQuality,
  QualityErasure,
  QualityExport,
  QualityOf,
  RaiseReachTiers,
  ReadLimitOverrides,
  ReadQuality,
  ReadReachTierChanges,
  ReadRestrictions,
  ReadStops,
  RestrictByQuality,
  RecordReports,
  SetLimitOverride,
  SetReachTier,
];

/** Limits of businesses, what people's reactions say of them, and what follows from that. */
@Module({
  imports: [AccountsModule, TemplatesModule],
  providers: [
    ...STORES,
    ConfiguredLimits,
    LimitProposals,
    QualitySettings,
    Restrict,
    SettleSamples,
    ...USE_CASES,
  ],
  exports: USE_CASES,
})
export class LimitsModule {}
