import { Module } from '@nestjs/common';
import { ConsentModule } from '../../consent.module.js';
import { PolicyResolver } from './policy.resolver.js';

/** The consent policy in the admin API. */
@Module({ imports: [ConsentModule], providers: [PolicyResolver] })
export class ConsentAdminApiModule {}
