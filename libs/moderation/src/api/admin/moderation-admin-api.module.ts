import { Module } from '@nestjs/common';
import { ModerationModule } from '../../moderation.module.js';
import { OperatorReportResolver } from './report.resolver.js';

/** Reports in the admin API. */
@Module({ imports: [ModerationModule], providers: [OperatorReportResolver] })
export class ModerationAdminApiModule {}
