import { Global, Module } from '@nestjs/common';
import { ConsentPolicyModule, StopEffect } from '@assent/consent';
import { ContentVault } from './persistence/content-vault.js';
import { DispatchStore } from './persistence/dispatch.store.js';
import { EventStore } from './persistence/event.store.js';
import { InboxStore } from './persistence/inbox.store.js';
import { MessageStore } from './persistence/message.store.js';
import { QueueStore } from './persistence/queue.store.js';
import { SendingRecorder } from './persistence/sending.recorder.js';
import { SendingStore } from './persistence/sending.store.js';
import { SuppressQueued } from './persistence/suppress-queued.js';
import { DispatchMessages } from './use-cases/dispatch-messages.js';
import { FollowMessageStatuses } from './use-cases/follow-message-statuses.js';
import { ReadInbox } from './use-cases/read-inbox.js';
import { ReadMessages } from './use-cases/read-messages.js';
import { SendMessages } from './use-cases/send-messages.js';

/** Sending, dispatch and inboxes. Global, because the consent library below asks for the effect of a stop on messages. */
@Global()
@Module({
  imports: [ConsentPolicyModule],
  providers: [
    ContentVault,
    DispatchStore,
    EventStore,
    InboxStore,
    MessageStore,
    QueueStore,
    SendingRecorder,
    SendingStore,
    { provide: StopEffect, useClass: SuppressQueued },
    DispatchMessages,
    FollowMessageStatuses,
    ReadInbox,
    ReadMessages,
    SendMessages,
  ],
  exports: [StopEffect, DispatchMessages, FollowMessageStatuses, ReadInbox, ReadMessages, SendMessages],
})
export class MessagingModule {}
