import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { MatchingModule } from '../../matching.module.js';
import { ContactHistoryResolver } from './contact-history.resolver.js';
import { ContactResolver } from './contact.resolver.js';
import { ImportFileController } from './import-file.controller.js';
import { ImportJobResolver } from './import-job.resolver.js';
import { ImportResolver } from './import.resolver.js';
import { MatchResolver } from './match.resolver.js';

/** Matching, contacts and imported opt-ins in the business API. */
@Module({
  imports: [AccountsModule, MatchingModule],
  controllers: [ImportFileController],
  providers: [ContactHistoryResolver, ContactResolver, ImportJobResolver, ImportResolver, MatchResolver],
})
export class MatchingBusinessApiModule {}
