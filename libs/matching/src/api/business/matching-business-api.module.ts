import { Module } from '@nestjs/common';
import { MatchingModule } from '../../matching.module.js';
import { ContactResolver } from './contact.resolver.js';
import { ImportResolver } from './import.resolver.js';
import { MatchResolver } from './match.resolver.js';

/** Matching and contacts in the business API. */
@Module({ imports: [MatchingModule], providers: [ContactResolver, ImportResolver, MatchResolver] })
export class MatchingBusinessApiModule {}
