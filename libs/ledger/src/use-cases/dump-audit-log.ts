import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { canonicalAct } from '../domain/act.js';
import { AuditSigner } from '../persistence/audit-signer.js';
import { AuditStore } from '../persistence/audit.store.js';
import { dumpLog, entryLine, type LogDump } from './dump-log.js';

/** The whole audit log as lines of JSON that anyone can check offline; docs/audit.md describes them. */
@Injectable()
export class DumpAuditLog {
  constructor(
    private readonly database: Database,
    private readonly store: AuditStore,
    private readonly signer: AuditSigner,
  ) {}

  /** @returns undefined while there is no checkpoint */
  execute(): Promise<LogDump | undefined> {
    const { store: log, signer } = this;
    return dumpLog(this.database, {
      format: 'assent-audit-dump/1',
      log,
      signer,
      lines: async (tx, range) => {
        const acts = await this.store.leaves(tx, range);
        return acts.map((act, nr) => entryLine(range.from + nr, act.leafHash, canonicalAct(act), act));
      },
    });
  }
}
