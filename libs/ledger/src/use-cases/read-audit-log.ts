import { Injectable } from '@nestjs/common';
import { Database } from '@assent/platform';
import { AuditSigner } from '../persistence/audit-signer.js';
import { AuditStore } from '../persistence/audit.store.js';
import { PublishedLog } from './published-log.js';

/** What everybody may read of the audit log. */
@Injectable()
export class ReadAuditLog extends PublishedLog {
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor -- Nest injects by the types of a class's own
  constructor(database: Database, store: AuditStore, signer: AuditSigner) {
    super(database, store, signer);
  }
}
