import { Injectable } from '@nestjs/common';
import { type ActingAdmin, type BusinessViewer, FourEyes, type FourEyesRefusal } from '@assent/accounts';
import { Database, type PageArgs, parseInput, publicId, readPage } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import { Refused } from '../domain/refused.js';
import { APPEAL_MS, AppealDecision, endOf, isInForce, type Restriction } from '../domain/restriction.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { RestrictionStore } from '../persistence/restriction.store.js';
import { restrictionNotFound } from './impose-restriction.js';
import { Restrict } from './restrict.js';
import { idRule, reasonRule, textRule } from './rules.js';

const appealSchema = z.object({ restriction: idRule('rst'), text: textRule(2_000) });
const decisionSchema = z.object({
  restriction: idRule('rst'),
  decision: z.enum(AppealDecision, 'must be UPHELD or OVERTURNED'),
  reason: reasonRule,
});

/** A business appeals against a restriction, once, and an admin decides. */
@Injectable()
export class AppealRestriction {
  constructor(
    private readonly database: Database,
    private readonly store: RestrictionStore,
    private readonly restrict: Restrict,
    private readonly eyes: FourEyes,
  ) {}

  /** Keeps the business's words for an admin. The restriction goes on until somebody decides. @throws BadInputError */
  async execute(
    { businessId, actor }: BusinessViewer,
    input: unknown,
  ): Promise<Restriction | Refused<'RESTRICTION_NOT_FOUND' | 'ALREADY_APPEALED' | 'APPEAL_TOO_LATE'>> {
    const { restriction: id, text } = parseInput(appealSchema, input);
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const [now, restriction] = await Promise.all([tx.now(), this.store.byId(tx, id)]);
      if (!restriction) return restrictionNotFound();
      const end = endOf(restriction);
      if (end && now.getTime() >= end.getTime() + APPEAL_MS) {
        return new Refused('APPEAL_TOO_LATE', LIMIT_REASONS.APPEAL_TOO_LATE.message);
      }
      const by = 'memberId' in actor ? actor.memberId : actor.apiKeyId;
      if (!(await this.store.appeal(tx, id, text, by, now))) {
        return new Refused('ALREADY_APPEALED', LIMIT_REASONS.ALREADY_APPEALED.message);
      }
      return (await this.store.byId(tx, id)) ?? restrictionNotFound();
    });
  }

  /** One appeal more than a page holds, if there is one; those that nobody has decided, oldest first. @throws BadInputError */
  async queue(args: PageArgs): Promise<Restriction[]> {
    const { first, after } = readPage('restrictionAppeals', 'rst', args);
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.appeals(tx, first, after));
  }

  /**
   * UPHELD: it stays. OVERTURNED: it ends at once, where it has not ended, and the ladder forgets it. Of two admins who
   * decide at once, one has decided. To overturn what is in force is for two of them.
   * @throws BadInputError
   */
  async decide(
    acting: ActingAdmin,
    input: unknown,
  ): Promise<Restriction | Refused<'RESTRICTION_NOT_FOUND' | 'NO_OPEN_APPEAL'> | FourEyesRefusal> {
    const { restriction: id, decision, reason } = parseInput(decisionSchema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const known = await this.store.byId(tx, id);
      if (!known) return restrictionNotFound();
      await lockBusiness(tx, known.businessId);
      const [now, restriction] = await Promise.all([tx.now(), this.store.byId(tx, id)]);
      if (!restriction?.appeal || restriction.appeal.decision) {
        return new Refused('NO_OPEN_APPEAL', LIMIT_REASONS.NO_OPEN_APPEAL.message);
      }
      const ends = decision === 'OVERTURNED' && isInForce(restriction, now);
      const subject = publicId('rst', id);
      const held = await this.eyes.ask(tx, acting, {
        operation: 'decideRestrictionAppeal',
        isDangerous: ends,
        input: { restriction: subject, decision, reason },
        basis: {},
        subjects: [subject, publicId('biz', known.businessId)],
        reason,
      });
      if (held) return held;
      const by = acting.adminId;
      await this.store.decide(tx, id, { decision, reason, by, at: now });
      if (ends) await this.restrict.end(tx, restriction, { how: 'OVERTURNED', by, reason, at: now });
      return (await this.store.byId(tx, id)) ?? restrictionNotFound();
    });
  }
}
