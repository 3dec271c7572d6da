import { Module } from '@nestjs/common';
import { LimitsModule } from '../../limits.module.js';
import { OwnRestrictionResolver } from './restriction.resolver.js';

/** Limits and restrictions in the business API. */
@Module({ imports: [LimitsModule], providers: [OwnRestrictionResolver] })
export class LimitsBusinessApiModule {}
