import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit.module.js';
import { AuditResolver } from './audit.resolver.js';

/** The audit log in the business API. */
@Module({ imports: [AuditModule], providers: [AuditResolver] })
export class AuditBusinessApiModule {}
