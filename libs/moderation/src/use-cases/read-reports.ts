import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, Database, Handles, pageSchema, parseInput } from '@assent/platform';
import type { Disclosed } from '../domain/disclosed.js';
import type { Report, SealedReport } from '../domain/report.js';
import { type OperatorReport, type ReportStep, ReportStore } from '../persistence/report.store.js';
import { ReportVault } from '../persistence/report-vault.js';

export type { OperatorReport, ReportStep };

interface PageInput {
  first: number;
  after?: string | null;
}

/** Reports, read by those who made them and by the operator: one more than `first` if there is. */
@Injectable()
export class ReadReports {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly store: ReportStore,
    private readonly vault: ReportVault,
  ) {}

  /** A person's own, newest first. @throws BadInputError */
  async ofPerson(viewer: PersonViewer, input: PageInput): Promise<Report[]> {
    const { after, limit } = this.page(`person:${viewer.personId}`, input);
    return this.database.transaction({ role: 'person', personId: viewer.personId }, (tx) =>
      this.store.ofPerson(tx, viewer, after, limit),
    );
  }

  /** Those of all businesses, oldest first. @throws BadInputError */
  async ofAll(open: boolean | null, input: PageInput): Promise<OperatorReport[]> {
    const { after, limit } = this.page('operator', input);
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.ofAll(tx, open, after, limit));
  }

  /** What was done about reports; for `loaderOf`. */
  steps(ids: readonly string[]): Promise<Map<string, ReportStep[]>> {
    return this.database.transaction({ role: 'admin' }, (tx) => this.store.steps(tx, ids));
  }

  /** The message, and what its person says of it. */
  disclosed({ id, sealed }: { id: string; sealed: SealedReport }): Disclosed & { note: string | null } {
    return this.vault.open(id, sealed);
  }

  private page(viewer: string, input: PageInput): { after: string | null; limit: number } {
    const { first, after } = parseInput(pageSchema, input, 'reports');
    const id = after ? this.handles.open(viewer, 'rpt', after) : null;
    if (id !== undefined) return { after: id, limit: first + 1 };
    throw badCursor('reports');
  }
}
