import { Injectable } from '@nestjs/common';
import { type ActingAdmin, FourEyes, type FourEyesRefusal } from '@assent/accounts';
import { Database, parseInput, publicId } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import { Refused } from '../domain/refused.js';
import {
  type Evidence,
  evidenceOf,
  isInForce,
  type Restriction,
  RestrictionRung,
  untilOf,
} from '../domain/restriction.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { QualityStore } from '../persistence/quality.store.js';
import { RestrictionStore } from '../persistence/restriction.store.js';
import { Restrict } from './restrict.js';
import { idRule, reasonRule } from './rules.js';
import { businessNotFound } from './set-limit-override.js';

const imposeSchema = z.object({
  business: idRule('biz'),
  rung: z.enum(RestrictionRung, `must be one of ${Object.keys(RestrictionRung).join(', ')}`),
  reason: reasonRule,
});
const liftSchema = z.object({ restriction: idRule('rst'), reason: reasonRule });

/** An admin restricts a business, or ends its restriction, with a reason that it reads. */
@Injectable()
export class ImposeRestriction {
  constructor(
    private readonly database: Database,
    private readonly store: RestrictionStore,
    private readonly qualities: QualityStore,
    private readonly restrict: Restrict,
    private readonly eyes: FourEyes,
  ) {}

  /** Takes the place of a restriction that is in force; of one that ends later only with a second admin. @throws BadInputError */
  async execute(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<Restriction | Refused<'BUSINESS_NOT_FOUND'> | FourEyesRefusal> {
    const { business: businessId, rung, reason } = parseInput(imposeSchema, input);
    const evidence = await this.evidence(businessId);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      if (!(await lockBusiness(tx, businessId))) return businessNotFound();
      const [now, open] = await Promise.all([tx.now(), this.store.open(tx, businessId)]);
      const before = open && isInForce(open, now) ? open : undefined;
      const business = publicId('biz', businessId);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'imposeRestriction',
        isDangerous: before !== undefined && endsBefore(untilOf(rung, now), before.until),
        input: { business, rung, reason },
        basis: { before: before?.id ?? null },
        subjects: [business],
        reason,
      });
      if (held) return held;
      const { adminId } = acting;
      if (before) {
        const why = 'Another restriction took its place.';
        await this.restrict.end(tx, before, { how: 'REPLACED', by: adminId, reason: why, at: now });
      }
      return this.restrict.begin(tx, { businessId, rung, reason, evidence, imposedBy: adminId }, now);
    });
  }

  /** How many people spoke against the business since its last restriction, as of now: what an admin may look at before. */
  private evidence(businessId: string): Promise<Evidence[]> {
    return this.database.transaction({ role: 'engine' }, async (tx) => {
      const judgedUntil = await this.store.judgedUntil(tx, businessId);
      return evidenceOf(await this.qualities.against(tx, businessId, judgedUntil));
    });
  }

  /** From its commit on the business is free. Two admins decide it. @throws BadInputError */
  async lift(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<Restriction | Refused<'RESTRICTION_NOT_FOUND' | 'RESTRICTION_OVER'> | FourEyesRefusal> {
    const { restriction: id, reason } = parseInput(liftSchema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const known = await this.store.byId(tx, id);
      if (!known) return restrictionNotFound();
      await lockBusiness(tx, known.businessId);
      const [now, restriction] = await Promise.all([tx.now(), this.store.byId(tx, id)]);
      if (!restriction || !isInForce(restriction, now)) return restrictionOver();
      const subject = publicId('rst', id);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'liftRestriction',
        isDangerous: true,
        input: { restriction: subject, reason },
        basis: {},
        subjects: [subject, publicId('biz', known.businessId)],
        reason,
      });
      if (held) return held;
      await this.restrict.end(tx, restriction, { how: 'LIFTED', by: acting.adminId, reason, at: now });
      return (await this.store.byId(tx, id)) ?? restrictionNotFound();
    });
  }
}

/** Whether one time comes before another; null is never. */
function endsBefore(one: Date | null, other: Date | null): boolean {
  return one !== null && (other === null || one < other);
}

export function restrictionNotFound(): Refused<'RESTRICTION_NOT_FOUND'> {
  return new Refused('RESTRICTION_NOT_FOUND', LIMIT_REASONS.RESTRICTION_NOT_FOUND.message);
}

function restrictionOver(): Refused<'RESTRICTION_OVER'> {
  return new Refused('RESTRICTION_OVER', LIMIT_REASONS.RESTRICTION_OVER.message);
}
