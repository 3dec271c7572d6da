import { Module } from '@nestjs/common';
import { QualityStore } from './persistence/quality.store.js';
import { QualityOf } from './use-cases/quality-of.js';

/** Limits of businesses, and what people's reactions say of them. */
@Module({
  providers: [QualityOf, QualityStore],
  exports: [QualityOf],
})
export class LimitsModule {}
