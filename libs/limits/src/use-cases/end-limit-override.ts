import { Injectable } from '@nestjs/common';
import { type ActingAdmin, FourEyes, type FourEyesRefusal } from '@assent/accounts';
import { Database, Hints, parseInput, publicId } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import { isLooser } from '../domain/looser.js';
import type { StoredOverride } from '../domain/override-rules.js';
import { Refused } from '../domain/refused.js';
import { tellBusiness } from '../persistence/business-events.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { LimitOverrideStore } from '../persistence/limit-override.store.js';
import { ReachTierStore } from '../persistence/reach-tier.store.js';
import { ConfiguredLimits } from './configured-limits.js';
import { idRule, reasonRule } from './rules.js';

const schema = z.object({ override: idRule('ovr'), reason: reasonRule });

/** Ends a limit that was set for one business, before its time; from then on what is configured counts. */
@Injectable()
export class EndLimitOverride {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: LimitOverrideStore,
    private readonly tiers: ReachTierStore,
    private readonly configured: ConfiguredLimits,
    private readonly eyes: FourEyes,
  ) {}

  /**
   * Counts for every decision that commits after it does. Two admins decide where what is configured lets more through.
   * @throws BadInputError
   */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<StoredOverride | Refused<'OVERRIDE_NOT_FOUND' | 'ALREADY_ENDED'> | FourEyesRefusal> {
    const { override: id, reason } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const known = await this.store.byId(tx, id);
      if (!known) return notFound();
      const { businessId, kind } = known;
      await lockBusiness(tx, businessId);
      const now = await tx.now();
      const [tier, running] = await Promise.all([
        this.tiers.tierOf(tx, businessId),
        this.store.running(tx, businessId, kind, now),
      ]);
      if (running?.id !== id) return new Refused('ALREADY_ENDED', LIMIT_REASONS.ALREADY_ENDED.message);
      const configured = this.configured.of(tier, kind);
      const [override, business] = [publicId('ovr', id), publicId('biz', businessId)];
      const held = await this.eyes.ask(tx, acting, {
        operation: 'endLimitOverride',
        isDangerous: isLooser(kind, configured, running.value),
        input: { override, reason },
        basis: { configured },
        subjects: [override, business],
        reason,
      });
      if (held) return held;
      await this.store.end(tx, id, acting.adminId, reason, now);
      await tellBusiness(
        tx,
        businessId,
        'limit_override.changed',
        { kind, value: null, endsAt: null, reason },
        now,
      );
      tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
      return (await this.store.byId(tx, id)) ?? notFound();
    });
  }
}

function notFound(): Refused<'OVERRIDE_NOT_FOUND'> {
  return new Refused('OVERRIDE_NOT_FOUND', LIMIT_REASONS.OVERRIDE_NOT_FOUND.message);
}
