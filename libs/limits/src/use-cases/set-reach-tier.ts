import { Injectable } from '@nestjs/common';
import { type ActingAdmin, FourEyes, type FourEyesRefusal, ReachTier } from '@assent/accounts';
import { Database, Hints, parseInput, publicId, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import { REACH_TIERS } from '../domain/reach.js';
import { Refused } from '../domain/refused.js';
import type { TierChange } from '../domain/tier-changes.js';
import { tellBusiness } from '../persistence/business-events.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { ReachTierStore } from '../persistence/reach-tier.store.js';
import { idRule, reasonRule } from './rules.js';
import { businessNotFound } from './set-limit-override.js';

const schema = z.object({
  business: idRule('biz'),
  tier: z.enum(ReachTier, `must be one of ${Object.keys(ReachTier).join(', ')}`),
  reason: reasonRule,
});

/** An admin sets the reach tier of a business, up or down. It may be raised by use again afterwards. */
@Injectable()
export class SetReachTier {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: ReachTierStore,
    private readonly eyes: FourEyes,
  ) {}

  /** Counts for every decision that commits after it does. Two admins decide to raise it. @throws BadInputError */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<TierChange | Refused<'BUSINESS_NOT_FOUND' | 'SAME_TIER'> | FourEyesRefusal> {
    const { business: businessId, tier: to, reason } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      if (!(await lockBusiness(tx, businessId))) return businessNotFound();
      const from = await this.store.tierOf(tx, businessId);
      if (from === to) return new Refused('SAME_TIER', LIMIT_REASONS.SAME_TIER.message);
      const business = publicId('biz', businessId);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'setReachTier',
        isDangerous: REACH_TIERS.indexOf(to) > REACH_TIERS.indexOf(from),
        input: { business, tier: to, reason },
        basis: { from },
        subjects: [business],
        reason,
      });
      if (held) return held;
      const now = await tx.now();
      const change: TierChange = {
        id: uuid7(now.getTime()),
        businessId,
        from,
        to,
        cause: 'ADMIN',
        grounds: null,
        reason,
        changedBy: acting.adminId,
        changedAt: now,
      };
      await this.store.change(tx, change);
      await tellBusiness(tx, businessId, 'reach_tier.changed', { from, to, cause: 'ADMIN', reason }, now);
      tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
      return change;
    });
  }
}
