import { Injectable } from '@nestjs/common';
import { type ActingAdmin, FourEyes, type FourEyesRefusal, LimitKind } from '@assent/accounts';
import { BadInputError, Database, Hints, parseInput, publicId, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import { isLooser } from '../domain/looser.js';
import { LONGEST_OVERRIDE_MS, OVERRIDE_RANGES, type StoredOverride } from '../domain/override-rules.js';
import { Refused } from '../domain/refused.js';
import { tellBusiness } from '../persistence/business-events.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { LimitOverrideStore } from '../persistence/limit-override.store.js';
import { ReachTierStore } from '../persistence/reach-tier.store.js';
import { ConfiguredLimits } from './configured-limits.js';
import { idRule, reasonRule } from './rules.js';

const schema = z
  .object({
    business: idRule('biz'),
    kind: z.enum(LimitKind, `must be one of ${Object.keys(LimitKind).join(', ')}`),
    value: z.int('must be a whole number'),
    reason: reasonRule,
    endsAt: z.date('must be a time'),
  })
  .superRefine(({ kind, value }, context) => {
    const { from, to } = OVERRIDE_RANGES[kind];
    if (value >= from && value <= to) return;
    context.addIssue({ code: 'custom', path: ['value'], message: `must be ${from} to ${to} for ${kind}` });
  });

/** Sets a limit of one business until a time, in place of what is configured and of what was set before. */
@Injectable()
export class SetLimitOverride {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: LimitOverrideStore,
    private readonly tiers: ReachTierStore,
    private readonly configured: ConfiguredLimits,
    private readonly eyes: FourEyes,
  ) {}

  /**
   * Counts for every decision that commits after it does, and for none that commits at `endsAt` or later. Two admins decide where it
   * lets through more than what is configured, or than what counts now.
   * @throws BadInputError
   */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<StoredOverride | Refused<'BUSINESS_NOT_FOUND'> | FourEyesRefusal> {
    const { business: businessId, kind, value, reason, endsAt } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      if (!(await lockBusiness(tx, businessId))) return businessNotFound();
      const now = await tx.now();
      if (endsAt <= now || endsAt.getTime() > now.getTime() + LONGEST_OVERRIDE_MS) {
        throw new BadInputError([
          { field: 'input.endsAt', rule: 'must be in the future, in 366 days at the latest' },
        ]);
      }
      const [tier, before] = await Promise.all([
        this.tiers.tierOf(tx, businessId),
        this.store.running(tx, businessId, kind, now),
      ]);
      const configured = this.configured.of(tier, kind);
      const business = publicId('biz', businessId);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'setLimitOverride',
        isDangerous:
          isLooser(kind, value, configured) ||
          (before !== undefined &&
            (isLooser(kind, value, before.value) ||
              // What is configured would count earlier than it was to.
              (endsAt < before.endsAt && isLooser(kind, configured, before.value)))),
        input: { business, kind, value, reason, endsAt: endsAt.toISOString() },
        basis: { configured, before: before?.id ?? null },
        subjects: [business],
        reason,
      });
      if (held) return held;
      const override: StoredOverride = {
        id: uuid7(now.getTime()),
        businessId,
        kind,
        value,
        reason,
        setBy: acting.adminId,
        setAt: now,
        endsAt,
        endedAt: null,
        endedBy: null,
        endReason: null,
      };
      await this.store.set(tx, override);
      await tellBusiness(tx, businessId, 'limit_override.changed', { kind, value, endsAt, reason }, now);
      tx.afterCommit(() => this.hints.send([`business:${businessId}`]));
      return override;
    });
  }
}

export function businessNotFound(): Refused<'BUSINESS_NOT_FOUND'> {
  return new Refused('BUSINESS_NOT_FOUND', LIMIT_REASONS.BUSINESS_NOT_FOUND.message);
}
