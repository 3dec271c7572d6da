import { Module } from '@nestjs/common';
import { MessagingModule } from '../../messaging.module.js';
import { OperatorStopReviewResolver } from './stop-review.resolver.js';

/** Reviews of stops in free words in the admin API. */
@Module({ imports: [MessagingModule], providers: [OperatorStopReviewResolver] })
export class MessagingAdminApiModule {}
