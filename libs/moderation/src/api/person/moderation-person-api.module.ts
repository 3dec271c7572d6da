import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ModerationModule } from '../../moderation.module.js';
import { ReportResolver } from './report.resolver.js';

/** Reports in the person API. */
@Module({ imports: [AccountsModule, ModerationModule], providers: [ReportResolver] })
export class ModerationPersonApiModule {}
