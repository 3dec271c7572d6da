import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit.module.js';
import { AuditLogController } from './audit-log.controller.js';

/** The public side of the audit log. */
@Module({ imports: [AuditModule], controllers: [AuditLogController] })
export class AuditLogApiModule {}
