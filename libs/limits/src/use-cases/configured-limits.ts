import { Injectable } from '@nestjs/common';
import type { LimitKind } from '@assent/accounts';
import { Configuration } from '@assent/platform';
import { placesOf, REACH_TIERS, type ReachTier } from '../domain/reach.js';

/** What counts for a business of a tier where nobody set anything else. */
@Injectable()
export class ConfiguredLimits {
  constructor(private readonly configuration: Configuration) {}

  /** Null: without limit. */
  of(tier: ReachTier, kind: LimitKind): number | null {
    const { settings } = this.configuration;
    const nr = REACH_TIERS.indexOf(tier);
    switch (kind) {
      case 'REACH_PLACES':
        return placesOf(tier, settings.REACH_TIERS);
      case 'THROUGHPUT':
        return settings.THROUGHPUT_PER_SECOND[nr] ?? 0;
      case 'PAIR_INTERVAL':
        return settings.PAIR_INTERVAL_MS;
      case 'PAIR_BURST':
        return settings.PAIR_BURST;
      case 'MATCH_DAILY':
        return settings.MATCH_DAILY[nr] ?? 0;
      case 'MATCH_MONTHLY':
        return settings.MATCH_MONTHLY[nr] ?? 0;
      case 'MARKETING_WEEKLY':
        return settings.MARKETING_CAP_WEEKLY;
      case 'TEMPLATE_SAMPLE':
        return settings.TEMPLATE_SAMPLE;
    }
  }
}
