import { Module } from '@nestjs/common';
import { ConsentModule } from '../../consent.module.js';
import { AlarmResolver } from './alarm.resolver.js';
import { PolicyResolver } from './policy.resolver.js';

/** The consent policy, and what the double check of ledgers found, in the admin API. */
@Module({ imports: [ConsentModule], providers: [AlarmResolver, PolicyResolver] })
export class ConsentAdminApiModule {}
