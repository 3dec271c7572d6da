import { Module } from '@nestjs/common';
import { MessagingModule } from '../../messaging.module.js';
import { CarrierController } from './carrier.controller.js';

/** What carriers hand in, over plain HTTP. */
@Module({ imports: [MessagingModule], controllers: [CarrierController] })
export class MessagingCarrierApiModule {}
