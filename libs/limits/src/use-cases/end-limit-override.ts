import { Injectable } from '@nestjs/common';
import type { AdminViewer } from '@assent/accounts';
import { Database, Hints, parseInput } from '@assent/platform';
import { z } from 'zod';
import { LIMIT_REASONS } from '../domain/limit-reasons.js';
import type { StoredOverride } from '../domain/override-rules.js';
import { Refused } from '../domain/refused.js';
import { tellBusiness } from '../persistence/business-events.js';
import { lockBusiness } from '../persistence/business-lock.js';
import { LimitOverrideStore } from '../persistence/limit-override.store.js';
import { idRule, reasonRule } from './rules.js';

const schema = z.object({ override: idRule('ovr'), reason: reasonRule });

/** Ends a limit that was set for one business, before its time; from then on what is configured counts. */
@Injectable()
export class EndLimitOverride {
  constructor(
    private readonly database: Database,
    private readonly hints: Hints,
    private readonly store: LimitOverrideStore,
  ) {}

  /** Counts for every decision that commits after it does. @throws BadInputError */
  async execute(
    { adminId }: AdminViewer,
    input: unknown,
  ): Promise<StoredOverride | Refused<'OVERRIDE_NOT_FOUND' | 'ALREADY_ENDED'>> {
    const { override: id, reason } = parseInput(schema, input);
    return this.database.transaction({ role: 'admin' }, async (tx) => {
      const known = await this.store.byId(tx, id);
      if (!known) return notFound();
      const { businessId, kind } = known;
      await lockBusiness(tx, businessId);
      const now = await tx.now();
      if (!(await this.store.end(tx, id, adminId, reason, now))) {
        return new Refused('ALREADY_ENDED', LIMIT_REASONS.ALREADY_ENDED.message);
      }
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
