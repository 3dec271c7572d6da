import { Module } from '@nestjs/common';
import { ConsentLogModule } from '../../consent-log.module.js';
import { ConsentLogController } from './consent-log.controller.js';

/** What anyone may read of the consent log, over plain HTTP. */
@Module({ imports: [ConsentLogModule], controllers: [ConsentLogController] })
export class ConsentLogApiModule {}
