import { Injectable } from '@nestjs/common';
import { lockPerson, type PersonViewer } from '@assent/people';
import { Database, Hints } from '@assent/platform';
import type { DataExport } from '../domain/data-export.js';
import { EXPORT_INTERVAL_MS, EXPORT_MS, judgeExport } from '../domain/export-limit.js';
import { ExportStore } from '../persistence/export.store.js';

/** Has a copy of everything that is held about a person made; workers make it. */
@Injectable()
export class RequestExport {
  constructor(
    private readonly database: Database,
    private readonly store: ExportStore,
    private readonly hints: Hints,
  ) {}

  /** The export that was begun, or that is under way already; or when one may be asked for again. */
  async execute(viewer: PersonViewer): Promise<DataExport | { retryAt: Date }> {
    const { lane, personId } = viewer;
    const outcome = await this.database.transaction({ role: 'person', personId }, async (tx) => {
      // Three statements: what is read together with a lock is as of before it was granted.
      const [, recent, now] = await Promise.all([
        lockPerson(tx, viewer),
        this.store.recent(tx, viewer, EXPORT_INTERVAL_MS),
        tx.now(),
      ]);
      const verdict = judgeExport(recent, now);
      if (verdict !== 'START') return 'underWay' in verdict ? verdict.underWay : verdict;
      return this.store.add(tx, { lane, personId }, now, new Date(now.getTime() + EXPORT_MS));
    });
    this.hints.send(['exports']);
    return outcome;
  }
}
