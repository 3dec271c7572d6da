import { Module } from '@nestjs/common';
import { LimitsModule } from '../../limits.module.js';
import { LimitOverrideResolver } from './limit-override.resolver.js';
import { RestrictionResolver } from './restriction.resolver.js';

/** Limits and restrictions in the admin API. */
@Module({ imports: [LimitsModule], providers: [LimitOverrideResolver, RestrictionResolver] })
export class LimitsAdminApiModule {}
