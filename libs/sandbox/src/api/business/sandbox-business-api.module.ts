import { Module } from '@nestjs/common';
import { SandboxModule } from '../../sandbox.module.js';
import { TestModeResolver } from './test-mode.resolver.js';

/** Test mode in the business API. */
@Module({ imports: [SandboxModule], providers: [TestModeResolver] })
export class SandboxBusinessApiModule {}
