import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit.module.js';
import { OperatorAuditResolver } from './audit.resolver.js';

/** The audit log in the admin API. */
@Module({ imports: [AuditModule], providers: [OperatorAuditResolver] })
export class AuditAdminApiModule {}
