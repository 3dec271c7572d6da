import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@assent/platform';
import { canonicalAct } from '../domain/act.js';
import { AuditSigner } from '../persistence/audit-signer.js';
import { AuditStore } from '../persistence/audit.store.js';
import { saltedLeafHash } from '../persistence/hashes.js';
import { growLog, MOST_LEAVES, type WaitingEntries } from './grow-log.js';

/** Gives committed acts their leaves in the audit log, and signs its checkpoints; for the worker. */
@Injectable()
export class ExtendAuditLog {
  constructor(
    private readonly database: Database,
    private readonly store: AuditStore,
    private readonly signer: AuditSigner,
  ) {}

  /** One round, of up to 2,000 acts. @returns whether more may be waiting */
  async execute(): Promise<boolean> {
    const { more } = await this.database.transaction({ role: 'engine' }, (tx) =>
      growLog(tx, { log: this.store, signer: this.signer }, () => this.waiting(tx)),
    );
    return more;
  }

  private async waiting(tx: Transaction): Promise<WaitingEntries> {
    const acts = await this.store.queued(tx, MOST_LEAVES);
    return {
      length: acts.length,
      leaves: acts.map((act) => saltedLeafHash(act.salt, canonicalAct(act))),
      settle: (first) => [this.store.place(tx, acts, first)],
    };
  }
}
