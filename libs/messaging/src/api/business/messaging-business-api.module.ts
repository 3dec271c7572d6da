import { Module } from '@nestjs/common';
import { MatchingModule } from '@assent/matching';
import { TemplatesModule } from '@assent/templates';
import { MessagingModule } from '../../messaging.module.js';
import { InboundResolver } from './inbound.resolver.js';
import { LimitsModule } from '@assent/limits';
import { LimitsResolver } from './limits.resolver.js';
import { MessageResolver } from './message.resolver.js';
import { PreflightResolver } from './preflight.resolver.js';
import { ServiceWindowResolver } from './service-window.resolver.js';
import { StopReviewResolver } from './stop-review.resolver.js';

/** Messages in the business API. */
@Module({
  imports: [LimitsModule, MessagingModule, MatchingModule, TemplatesModule],
  providers: [
    InboundResolver,
    LimitsResolver,
    MessageResolver,
    PreflightResolver,
    ServiceWindowResolver,
    StopReviewResolver,
  ],
})
export class MessagingBusinessApiModule {}
