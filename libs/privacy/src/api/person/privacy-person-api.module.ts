import { Module } from '@nestjs/common';
import { PrivacyModule } from '../../privacy.module.js';

/** A person's copy of everything about them, and its end. */
@Module({ imports: [PrivacyModule] })
export class PrivacyPersonApiModule {}
