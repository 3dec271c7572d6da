import { Injectable } from '@nestjs/common';
import { Configuration, Database, Hints, type Transaction, uuid7 } from '@assent/platform';
import { isInForce } from '../domain/restriction.js';
import { judgeRaise, RAISE_WINDOW_MS } from '../domain/tier-raise.js';
import { tellBusiness } from '../persistence/business-events.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { QualityStore } from '../persistence/quality.store.js';
import { ReachTierStore } from '../persistence/reach-tier.store.js';
import { RestrictionStore } from '../persistence/restriction.store.js';
import { eachInTurn } from './each-in-turn.js';

/** Raises the reach tiers of businesses that use theirs and are not unwanted; for the worker, every hour. */
@Injectable()
export class RaiseReachTiers {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly hints: Hints,
    private readonly tiers: ReachTierStore,
    private readonly qualities: QualityStore,
    private readonly restrictions: RestrictionStore,
  ) {}

  /** Each business in a transaction of its own; of several workers one raises it. @returns how many it raised */
  execute(): Promise<number> {
    return eachInTurn(
      this.database,
      (tx, after, limit) => this.tiers.raisable(tx, after, limit),
      (tx, id) => this.raise(tx, id),
    );
  }

  private async raise(tx: Transaction, businessId: string): Promise<boolean> {
    await lockBusiness(tx, businessId);
    const now = await tx.now();
    const [use, qualities, restriction] = await Promise.all([
      this.tiers.use(tx, businessId, new Date(now.getTime() - RAISE_WINDOW_MS)),
      this.qualities.bySubjects(tx, [businessId]),
      this.restrictions.open(tx, businessId),
    ]);
    const facts = {
      ...use,
      now,
      quality: qualities.get(businessId)?.level ?? 'UNKNOWN',
      restricted: restriction !== undefined && isInForce(restriction, now),
    };
    const raise = judgeRaise(facts, this.configuration.settings.REACH_TIERS);
    if (!raise) return false;
    const { to, grounds } = raise;
    const from = use.tier;
    await this.tiers.change(tx, {
      id: uuid7(now.getTime()),
      businessId,
      from,
      to,
      cause: 'USE',
      grounds,
      reason: null,
      changedBy: null,
      changedAt: now,
    });
    await tellBusiness(tx, businessId, 'reach_tier.changed', { from, to, cause: 'USE', ...grounds }, now);
    tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
    return true;
  }
}
