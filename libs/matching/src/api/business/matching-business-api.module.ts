import { Module } from '@nestjs/common';
import { MatchingModule } from '../../matching.module.js';
import { ContactHistoryResolver } from './contact-history.resolver.js';
import { ContactResolver } from './contact.resolver.js';
import { ImportResolver } from './import.resolver.js';
import { MatchResolver } from './match.resolver.js';

/** Matching and contacts in the business API. */
@Module({
  imports: [MatchingModule],
  providers: [ContactHistoryResolver, ContactResolver, ImportResolver, MatchResolver],
})
export class MatchingBusinessApiModule {}
