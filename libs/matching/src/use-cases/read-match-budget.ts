import { Injectable } from '@nestjs/common';
import { leftUntil, type LimitKind } from '@assent/accounts';
import { Configuration, Database, LOOK_UPS } from '@assent/platform';
import { MATCH_WINDOW_MS, type MatchLimits, matchLimits } from '../domain/match-budget.js';
import { type BudgetNow, MatchBudgetStore } from '../persistence/match-budget.store.js';

/** What is left of one window of a match budget. */
export interface MatchBudgetLeft {
  limit: number;
  used: number;
  remaining: number;
  /** When one more is left than now; null: all of it is. */
  nextFreeAt: Date | null;
}

/** Reads what is left of a business's match budget, without a lock. */
@Injectable()
export class ReadMatchBudget {
  constructor(
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly store: MatchBudgetStore,
  ) {}

  async execute(businessId: string): Promise<Record<keyof MatchLimits, MatchBudgetLeft>> {
    const { now, business, day, month } = await this.database.transaction(LOOK_UPS, (tx) =>
      this.store.now(tx, businessId),
    );
    const left = (window: keyof MatchLimits, kind: LimitKind, used: BudgetNow['day']) =>
      leftUntil(business.overrides, [kind], now, (at) =>
        leftOf(window, matchLimits(business, this.configuration.settings, at), used),
      );
    return { day: left('day', 'MATCH_DAILY', day), month: left('month', 'MATCH_MONTHLY', month) };
  }
}

function leftOf(
  window: keyof MatchLimits,
  { [window]: limit }: MatchLimits,
  { used, oldestAt }: BudgetNow['day'],
): MatchBudgetLeft {
  return {
    limit,
    used,
    remaining: Math.max(0, limit - used),
    nextFreeAt: oldestAt && new Date(oldestAt.getTime() + MATCH_WINDOW_MS[window]),
  };
}
