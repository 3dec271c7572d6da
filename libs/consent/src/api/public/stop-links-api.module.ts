import { Module } from '@nestjs/common';
import { ConsentModule } from '../../consent.module.js';
import { StopLinkController } from './stop-link.controller.js';

/** Stops by link, over plain HTTP. */
@Module({ imports: [ConsentModule], controllers: [StopLinkController] })
export class StopLinksApiModule {}
