import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import {
  Database,
  type ExportRecord,
  inPages,
  type PersonExport,
  type PersonKey,
  publicId,
  type Transaction,
} from '@assent/platform';
import type { PersonSignal } from '../persistence/person-signal.js';
import { SignalStore } from '../persistence/signal.store.js';

const PAGE = 500;

/** How a person reacted to businesses and to their templates, as it counts for the quality of these, for that person's own copy. */
@Injectable()
export class QualityExport implements PersonExport {
  constructor(
    private readonly database: Database,
    private readonly store: SignalStore,
    private readonly profiles: BusinessProfiles,
  ) {}

  estimate(person: PersonKey): Promise<number> {
    return this.as(person, (tx) => this.store.countOfPerson(tx, person));
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const signals = inPages<PersonSignal>(PAGE, (last, limit) =>
      this.as(person, (tx) => this.store.ofPerson(tx, person, last ?? null, limit)),
    );
    for await (const { businessId, subjectId, ...times } of signals) {
      yield {
        file: 'reactions.jsonl',
        row: {
          business: publicId('biz', businessId),
          businessName: (await this.profiles.byIds([businessId])).get(businessId)?.displayName ?? null,
          template: subjectId === businessId ? null : publicId('tpl', subjectId),
          firstMessageAt: times.firstAt?.toISOString() ?? null,
          lastDeliveredAt: times.deliveredAt?.toISOString() ?? null,
          lastReadAt: times.readAt?.toISOString() ?? null,
          lastReplyAt: times.repliedAt?.toISOString() ?? null,
          stoppedAt: times.stoppedAt?.toISOString() ?? null,
          blockedAt: times.blockedAt?.toISOString() ?? null,
          reportedAt: times.reportedAt?.toISOString() ?? null,
        },
      };
    }
  }

  private as<Result>({ personId }: PersonKey, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}
