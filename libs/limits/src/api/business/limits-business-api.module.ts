import { Module } from '@nestjs/common';
import { LimitsModule } from '../../limits.module.js';
import { TemplateQualityResolver } from '../template-quality.resolver.js';
import { QualityResolver } from './quality.resolver.js';
import { OwnRestrictionResolver } from './restriction.resolver.js';

/** Limits, quality and restrictions in the business API. */
@Module({
  imports: [LimitsModule],
  providers: [OwnRestrictionResolver, QualityResolver, TemplateQualityResolver],
})
export class LimitsBusinessApiModule {}
