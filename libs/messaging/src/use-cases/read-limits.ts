import { Injectable } from '@nestjs/common';
import { limitAt } from '@assent/accounts';
import type { Budget } from '@assent/limits';
import { ReadMatchBudget } from '@assent/matching';
import { Database, LOOK_UPS } from '@assent/platform';
import { budgetsOf } from '../domain/budgets.js';
import { sampleSizeAt } from '../domain/gates/pacing.js';
import { pairLimitAt } from '../domain/gates/pair-limit.js';
import type { LimitName } from '../domain/limit-names.js';
import { factsOf, partiesOf } from '../domain/situation.js';
import { SituationLoader } from '../persistence/situation.loader.js';

/** A limit of a business, with what is left of it; nulls where it counts for each person, or each template, by itself. */
export interface BusinessLimit extends Omit<Budget, 'used'> {
  name: LimitName;
  used: number | null;
}

/** Reads all limits of a business, as they stand for its next message and its next match. */
@Injectable()
export class ReadLimits {
  constructor(
    private readonly database: Database,
    private readonly loader: SituationLoader,
    private readonly matching: ReadMatchBudget,
  ) {}

  async execute(businessId: string): Promise<BusinessLimit[]> {
    const draft = { businessId, contactId: undefined, purpose: 'SERVICE', whenLimited: 'DEFER' } as const;
    const [situation, matching] = await Promise.all([
      this.database.transaction(LOOK_UPS, (tx) =>
        this.loader.load(tx, [{ ...draft, mayBeMarketing: false }]),
      ),
      this.matching.execute(businessId),
    ]);
    const facts = factsOf(draft, partiesOf(draft, situation), situation);
    const ofEach = (name: LimitName, limit: number): BusinessLimit => ({
      name,
      limit,
      used: null,
      remaining: null,
      nextFreeAt: null,
    });
    const { weekly, daily } = facts.marketing;
    const own = limitAt(facts.business.overrides, 'MARKETING_WEEKLY', weekly, facts.now);
    return [
      ...budgetsOf(draft, facts),
      ofEach('PAIR_LIMIT', pairLimitAt(facts, facts.now).burst),
      ofEach('BUSINESS_MARKETING_CAP', own),
      ofEach('MARKETING_CAP', daily),
      ofEach('TEMPLATE_SAMPLE', sampleSizeAt(facts, facts.now)),
      { name: 'MATCH_DAILY', ...matching.day },
      { name: 'MATCH_MONTHLY', ...matching.month },
    ];
  }
}
