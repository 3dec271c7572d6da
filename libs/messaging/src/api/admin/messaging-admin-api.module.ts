import { Module } from '@nestjs/common';
import { MessagingModule } from '../../messaging.module.js';
import { KillSwitchResolver } from './kill-switch.resolver.js';
import { ParkedResolver } from './parked.resolver.js';
import { OperatorStopReviewResolver } from './stop-review.resolver.js';

/** Reviews of stops in free words, what could not be dispatched, and kill switches, in the admin API. */
@Module({
  imports: [MessagingModule],
  providers: [KillSwitchResolver, OperatorStopReviewResolver, ParkedResolver],
})
export class MessagingAdminApiModule {}
