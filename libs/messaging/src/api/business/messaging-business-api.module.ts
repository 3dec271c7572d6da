import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { MatchingModule } from '@assent/matching';
import { TemplatesModule } from '@assent/templates';
import { MessagingModule } from '../../messaging.module.js';
import { BusinessReactionResolver } from './reaction.resolver.js';
import { BlockResolver } from './block.resolver.js';
import { StaffConversationResolver } from './conversation.resolver.js';
import { CancelResolver } from './cancel.resolver.js';
import { InboundResolver } from './inbound.resolver.js';
import { LimitsModule } from '@assent/limits';
import { LimitsResolver } from './limits.resolver.js';
import { MessageResolver } from './message.resolver.js';
import { NoteResolver } from './note.resolver.js';
import { PreflightResolver } from './preflight.resolver.js';
import { ServiceWindowResolver } from './service-window.resolver.js';
import { StopReviewResolver } from './stop-review.resolver.js';

/** Messages in the business API. */
@Module({
  imports: [AccountsModule, LimitsModule, MessagingModule, MatchingModule, TemplatesModule],
  providers: [
    BlockResolver,
    BusinessReactionResolver,
    CancelResolver,
    InboundResolver,
    LimitsResolver,
    MessageResolver,
    NoteResolver,
    PreflightResolver,
    StaffConversationResolver,
    ServiceWindowResolver,
    StopReviewResolver,
  ],
})
export class MessagingBusinessApiModule {}
