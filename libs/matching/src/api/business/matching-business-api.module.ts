import { Module } from '@nestjs/common';
import { MatchingModule } from '../../matching.module.js';
import { ContactResolver } from './contact.resolver.js';
import { MatchResolver } from './match.resolver.js';

/** Matching and contacts in the business API. */
@Module({ imports: [MatchingModule], providers: [ContactResolver, MatchResolver] })
export class MatchingBusinessApiModule {}
