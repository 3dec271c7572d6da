import { Controller } from '@nestjs/common';
import { ReadAuditLog } from '../../use-cases/read-audit-log.js';
import { PublicLog } from './public-log.js';

/** The audit log in public. */
@Controller('audit-log')
export class AuditLogController extends PublicLog {
  constructor(protected readonly log: ReadAuditLog) {
    super();
  }
}
