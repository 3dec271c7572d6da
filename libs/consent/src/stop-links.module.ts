import { Module } from '@nestjs/common';
import { StopLinks } from './use-cases/stop-links.js';

/** Links that stop something, for every library that shows a message to its person. */
@Module({ providers: [StopLinks], exports: [StopLinks] })
export class StopLinksModule {}
