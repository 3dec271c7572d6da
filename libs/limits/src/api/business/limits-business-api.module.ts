import { Module } from '@nestjs/common';
import { LimitsModule } from '../../limits.module.js';
import { QualityResolver } from './quality.resolver.js';
import { OwnRestrictionResolver } from './restriction.resolver.js';

/** Limits, quality and restrictions in the business API. */
@Module({ imports: [LimitsModule], providers: [OwnRestrictionResolver, QualityResolver] })
export class LimitsBusinessApiModule {}
