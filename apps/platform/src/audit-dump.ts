import { AuditModule, DumpAuditLog } from '@assent/ledger';
import { writeDump } from './write-dump.js';

await writeDump('assent-audit-dump', AuditModule, DumpAuditLog, 'of the audit log');
