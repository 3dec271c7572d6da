import { Injectable } from '@nestjs/common';
import { NotifyOwners } from '@assent/accounts';
import { Hints, publicId, type Transaction, uuid7 } from '@assent/platform';
import { type Evidence, type Restriction, type RestrictionRung, untilOf } from '../domain/restriction.js';
import { tellBusiness } from '../persistence/business-events.js';
import { type Ending, RestrictionStore } from '../persistence/restriction.store.js';

/** What a new restriction says. */
export interface NewRestriction {
  businessId: string;
  rung: RestrictionRung;
  reason: string;
  evidence: Evidence[];
  /** The admin who imposes it; null: the published rule does. */
  imposedBy: string | null;
}

/** Begins and ends restrictions, in transactions that hold the lock of the business, and tells the business so. */
@Injectable()
export class Restrict {
  constructor(
    private readonly store: RestrictionStore,
    private readonly owners: NotifyOwners,
    private readonly hints: Hints,
  ) {}

  async begin(tx: Transaction, wanted: NewRestriction, now: Date): Promise<Restriction> {
    const { businessId, rung, reason, evidence, imposedBy } = wanted;
    const restriction: Restriction = {
      id: uuid7(now.getTime()),
      businessId,
      rung,
      beganAt: now,
      until: untilOf(rung, now),
      cause: imposedBy ? 'ADMIN' : 'QUALITY',
      reason,
      evidence,
      endedAt: null,
      endedHow: null,
      endReason: null,
      appeal: null,
    };
    await this.store.add(tx, restriction, imposedBy);
    const { until, cause } = restriction;
    const id = publicId('rst', restriction.id);
    await tellBusiness(
      tx,
      businessId,
      'restriction.began',
      { id, rung, until, cause, reason, evidence },
      now,
    );
    await this.afterwards(tx, businessId, {
      subject: 'Your business is restricted',
      text: `${
        until
          ? `Since ${now.toISOString()} and until ${until.toISOString()} your business may only send AUTHENTICATION messages, and SERVICE messages to people who wrote to it in the last 24 hours.`
          : `Since ${now.toISOString()} your business may not send any messages.`
      }\n\nThe reason, the evidence and how to appeal stand in your dashboard (\`restrictions\`, \`appealRestriction\`).`,
    });
    return restriction;
  }

  async end(tx: Transaction, { id, businessId }: Restriction, ending: Ending): Promise<void> {
    await this.store.end(tx, id, ending);
    const { how, reason, at } = ending;
    await tellBusiness(tx, businessId, 'restriction.ended', { id: publicId('rst', id), how, reason }, at);
    if (how === 'REPLACED') return; // the notice of the next one says what counts now
    await this.afterwards(tx, businessId, {
      subject: 'Your business is no longer restricted',
      text: `The restriction of your business ended at ${at.toISOString()}. The reason stands in your dashboard (\`restrictions\`).`,
    });
  }

  private async afterwards(
    tx: Transaction,
    businessId: string,
    notice: { subject: string; text: string },
  ): Promise<void> {
    await this.owners.execute(tx, businessId, notice);
    tx.afterCommit(() => this.hints.send([`business:${businessId}`, 'queue']));
  }
}
