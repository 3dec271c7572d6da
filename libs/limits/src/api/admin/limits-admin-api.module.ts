import { Module } from '@nestjs/common';
import { LimitsModule } from '../../limits.module.js';
import { TemplateQualityResolver } from '../template-quality.resolver.js';
import { LimitOverrideResolver } from './limit-override.resolver.js';
import { OperatorQualityResolver } from './quality.resolver.js';
import { RestrictionResolver } from './restriction.resolver.js';

/** Limits, quality and restrictions of businesses in the admin API. */
@Module({
  imports: [LimitsModule],
  providers: [LimitOverrideResolver, OperatorQualityResolver, RestrictionResolver, TemplateQualityResolver],
})
export class LimitsAdminApiModule {}
