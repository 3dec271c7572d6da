import { Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { ConsentModule, StopLinksModule } from '@assent/consent';
import { LimitsModule } from '@assent/limits';
import { MessagingModule } from '../../messaging.module.js';
import { BusinessesResolver } from './businesses.resolver.js';
import { ConversationResolver } from './conversation.resolver.js';
import { InboxResolver } from './inbox.resolver.js';
import { PreferencesResolver } from './preferences.resolver.js';
import { ProfileResolver } from './profile.resolver.js';
import { PersonReactionResolver } from './reaction.resolver.js';
import { StopQuestionResolver } from './stop-question.resolver.js';

/** The inbox in the person API. */
@Module({
  imports: [MessagingModule, AccountsModule, ConsentModule, LimitsModule, StopLinksModule],
  providers: [
    BusinessesResolver,
    ConversationResolver,
    InboxResolver,
    PersonReactionResolver,
    PreferencesResolver,
    ProfileResolver,
    StopQuestionResolver,
  ],
})
export class MessagingPersonApiModule {}
