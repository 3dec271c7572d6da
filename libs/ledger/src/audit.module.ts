import { Module } from '@nestjs/common';
import { AuditSigner } from './persistence/audit-signer.js';
import { AuditStore } from './persistence/audit.store.js';
import { AuditOperations } from './use-cases/audit-operations.js';
import { DumpAuditLog } from './use-cases/dump-audit-log.js';
import { ExtendAuditLog } from './use-cases/extend-audit-log.js';
import { ReadActs } from './use-cases/read-acts.js';
import { ReadAuditLog } from './use-cases/read-audit-log.js';
import { RecordActs } from './use-cases/record-acts.js';

const USE_CASES = [AuditOperations, DumpAuditLog, ExtendAuditLog, ReadActs, ReadAuditLog, RecordActs];

/** The audit log: what admins, members and API keys did. */
@Module({ providers: [AuditSigner, AuditStore, ...USE_CASES], exports: USE_CASES })
export class AuditModule {}
