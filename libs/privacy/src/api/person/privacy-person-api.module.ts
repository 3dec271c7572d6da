import { Module } from '@nestjs/common';
import { PeopleModule } from '@assent/people';
import { PrivacyModule } from '../../privacy.module.js';
import { ErasureResolver } from './erasure.resolver.js';
import './export-ready.notice.js';
import { ExportController } from './export.controller.js';
import { ExportResolver } from './export.resolver.js';

/** A person's copy of everything about them, and its end. */
@Module({
  imports: [PrivacyModule, PeopleModule],
  controllers: [ExportController],
  providers: [ErasureResolver, ExportResolver],
})
export class PrivacyPersonApiModule {}
