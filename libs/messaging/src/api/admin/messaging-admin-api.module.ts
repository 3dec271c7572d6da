import { Module } from '@nestjs/common';
import { MessagingModule } from '../../messaging.module.js';
import { ParkedResolver } from './parked.resolver.js';
import { OperatorStopReviewResolver } from './stop-review.resolver.js';

/** Reviews of stops in free words, and what could not be dispatched, in the admin API. */
@Module({ imports: [MessagingModule], providers: [OperatorStopReviewResolver, ParkedResolver] })
export class MessagingAdminApiModule {}
