import { Injectable } from '@nestjs/common';
import { BusinessProfiles } from '@assent/accounts';
import {
  Database,
  type ExportRecord,
  Handles,
  inPages,
  type PersonExport,
  type PersonKey,
  publicId,
  type Transaction,
} from '@assent/platform';
import type { Report } from '../domain/report.js';
import { ReportStore } from '../persistence/report.store.js';
import { ReportVault } from '../persistence/report-vault.js';
import { ProveReport } from './prove-report.js';

const PAGE = 500;

/** What a person reported and what was decided, for that person's own copy. */
@Injectable()
export class ReportExport implements PersonExport {
  constructor(
    private readonly database: Database,
    private readonly store: ReportStore,
    private readonly vault: ReportVault,
    private readonly prove: ProveReport,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
  ) {}

  estimate(person: PersonKey): Promise<number> {
    return this.as(person, (tx) => this.store.countOfPerson(tx, person));
  }

  async *export(person: PersonKey): AsyncGenerator<ExportRecord, void, undefined> {
    const reports = inPages<Report>(PAGE, (last, limit) =>
      this.as(person, (tx) => this.store.ofPerson(tx, person, last?.id ?? null, limit)),
    );
    for await (const report of reports) {
      const { id, businessId, kind, sealed, receivedAt, reportedAt, decision, decidedAt } = report;
      const { text, media, note } = this.vault.open(id, sealed);
      const businessName = (await this.profiles.byIds([businessId])).get(businessId)?.displayName ?? null;
      yield {
        file: 'reports.jsonl',
        row: {
          id: this.handles.seal(`person:${person.personId}`, 'rpt', id),
          business: publicId('biz', businessId),
          businessName,
          kind,
          text,
          media: media && { ...media },
          note,
          receivedAt: receivedAt.toISOString(),
          reportedAt: reportedAt.toISOString(),
          decision,
          decidedAt: decidedAt?.toISOString() ?? null,
          receipt: this.prove.receipt(report, businessName ?? ''),
        },
      };
    }
  }

  private as<Result>({ personId }: PersonKey, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.database.transaction({ role: 'person', personId }, work);
  }
}
