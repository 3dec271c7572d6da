import { Injectable } from '@nestjs/common';
import { type AdminViewer, LimitKind } from '@assent/accounts';
import { BadInputError, Database, Hints, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import { LONGEST_OVERRIDE_MS, OVERRIDE_RANGES, type StoredOverride } from '../domain/override-rules.js';
import { Refused } from '../domain/refused.js';
import { tellBusiness } from '../persistence/business-events.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { LimitOverrideStore } from '../persistence/limit-override.store.js';
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
  ) {}

  /**
   * Counts for every decision that commits after it does, and for none that commits at `endsAt` or later.
   * @throws BadInputError
   */
  async execute(
    { adminId }: AdminViewer,
    input: unknown,
  ): Promise<StoredOverride | Refused<'BUSINESS_NOT_FOUND'>> {
    const { business: businessId, kind, value, reason, endsAt } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      if (!(await lockBusiness(tx, businessId))) return businessNotFound();
      const now = await tx.now();
      if (endsAt <= now || endsAt.getTime() > now.getTime() + LONGEST_OVERRIDE_MS) {
        throw new BadInputError([
          { field: 'input.endsAt', rule: 'must be in the future, in 366 days at the latest' },
        ]);
      }
      const override: StoredOverride = {
        id: uuid7(now.getTime()),
        businessId,
        kind,
        value,
        reason,
        setBy: adminId,
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
