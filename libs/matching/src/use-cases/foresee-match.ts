import { Injectable } from '@nestjs/common';
import { endsAfter } from '@assent/accounts';
import { Configuration, type Transaction } from '@assent/platform';
import {
  type BudgetFacts,
  earliestMatch,
  MATCH_WINDOW_MS,
  type MatchLimits,
  matchLimits,
  placesMissing,
  type WindowOutlook,
} from '../domain/match-budget.js';
import {
  type BudgetUse,
  MatchBudgetStore,
  type MatchingBusiness,
} from '../persistence/match-budget.store.js';

/** A call for numbers that does not fit. */
export interface UnfitCall {
  businessId: string;
  business: MatchingBusiness;
  /** Of the different numbers that were asked for, end to end. */
  marks: Buffer;
  asked: number;
}

/** Finds out when a call for numbers fits, under the lock of its budget. */
@Injectable()
export class ForeseeMatch {
  constructor(
    private readonly configuration: Configuration,
    private readonly budget: MatchBudgetStore,
  ) {}

  /**
   * The earliest time at which it does, if nothing else is asked for until then; null: never. A limit that the operator has
   * set ends at a known time, and from each such time on the call is judged anew.
   */
  async retryAt(tx: Transaction, call: UnfitCall, use: BudgetUse): Promise<Date | null> {
    const { business } = call;
    const begins = [use.now, ...endsAfter(business.overrides, ['MATCH_DAILY', 'MATCH_MONTHLY'], use.now)];
    for (const [nr, begin] of begins.entries()) {
      const facts = factsOf(use, matchLimits(business, this.configuration.settings, begin));
      const passesAt = await this.earliest(tx, call, begin, facts);
      const next = begins[nr + 1];
      if (passesAt && (!next || passesAt < next)) return passesAt;
    }
    return null;
  }

  /** The earliest time from `now` on, with the limits of then. */
  private async earliest(
    tx: Transaction,
    { businessId, marks, asked }: UnfitCall,
    now: Date,
    facts: BudgetFacts,
  ): Promise<Date | null> {
    const outlookOf = async (window: keyof MatchLimits): Promise<WindowOutlook> => {
      const missing = placesMissing(asked, facts[window]);
      if (missing === null) return { ...facts[window], roomAt: null };
      if (missing === 0) return { ...facts[window], roomAt: now };
      const takenAt = await this.budget.othersTakenAt(tx, businessId, window, marks, missing);
      return { ...facts[window], roomAt: new Date(takenAt.getTime() + MATCH_WINDOW_MS[window]) };
    };
    const [day, month] = await Promise.all([outlookOf('day'), outlookOf('month')]);
    return earliestMatch(asked, now, { day, month });
  }
}

/** What is used of a budget, with the limits of a time. */
export function factsOf({ day, month }: BudgetUse, limits: MatchLimits): BudgetFacts {
  return { day: { ...day, limit: limits.day }, month: { ...month, limit: limits.month } };
}
