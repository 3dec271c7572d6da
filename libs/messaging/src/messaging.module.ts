import { Global, Module } from '@nestjs/common';
import { AccountsModule } from '@assent/accounts';
import { CarriersModule } from '@assent/carriers';
import { ConsentModule, ConsentPolicyModule, ConsentTeller, StopEffect } from '@assent/consent';
import { MediaModule } from '@assent/media';
import { MatchingModule } from '@assent/matching';
import { PeopleModule } from '@assent/people';
import { TemplatesModule } from '@assent/templates';
import './api/events/block-changed.event.js';
import './api/events/consent-changed.event.js';
import './api/events/conversation-changed.event.js';
import './api/events/kill-switch.event.js';
import './api/events/message-reaction.event.js';
import './api/events/message-received.event.js';
import './api/events/message-status.event.js';
import { CarrierReferenceStore } from './persistence/carrier-reference.store.js';
import { BacklogStore } from './persistence/backlog.store.js';
import { CancelStore } from './persistence/cancel.store.js';
import { CarrierAnswerStore } from './persistence/carrier-answer.store.js';
import { BusinessesStore } from './persistence/businesses.store.js';
import { ContactBlockStore } from './persistence/contact-block.store.js';
import { ContentVault } from './persistence/content-vault.js';
import { ConversationStore } from './persistence/conversation.store.js';
import { DispatchRecorder } from './persistence/dispatch.recorder.js';
import { DispatchStore } from './persistence/dispatch.store.js';
import { EventStore } from './persistence/event.store.js';
import { ExpectedHandOffs } from './persistence/expected-hand-offs.js';
import { HandOffRecorder } from './persistence/hand-off.recorder.js';
import { HandOffStore } from './persistence/hand-off.store.js';
import { HandedOffStore } from './persistence/handed-off.store.js';
import { HeldStore } from './persistence/held.store.js';
import { InboundStore } from './persistence/inbound.store.js';
import { InboxStore } from './persistence/inbox.store.js';
import { KillSwitchNewsStore } from './persistence/kill-switch-news.store.js';
import { KillSwitchStore } from './persistence/kill-switch.store.js';
import { MessageProofs } from './persistence/message-proofs.js';
import { MessageStore } from './persistence/message.store.js';
import { MessagingErasure } from './persistence/messaging-erasure.js';
import { NoteStore } from './persistence/note.store.js';
import { OtherModeStore } from './persistence/other-mode.store.js';
import { ParkedStore } from './persistence/parked.store.js';
import { PreferencesStore } from './persistence/preferences.store.js';
import { PersonMessageStore } from './persistence/person-message.store.js';
import { QueueLevelStore } from './persistence/queue-level.store.js';
import { QueueStore } from './persistence/queue.store.js';
import { ReactionStore } from './persistence/reaction.store.js';
import { ReplyStore } from './persistence/reply.store.js';
import { ScheduledStore } from './persistence/scheduled.store.js';
import { SendingRecorder } from './persistence/sending.recorder.js';
import { SendingStore } from './persistence/sending.store.js';
import { SituationLoader } from './persistence/situation.loader.js';
import { SentenceVault } from './persistence/sentence-vault.js';
import { StaffInboxStore } from './persistence/staff-inbox.store.js';
import { StopQuestionStore } from './persistence/stop-question.store.js';
import { StopReviewStore } from './persistence/stop-review.store.js';
import { SuppressQueued } from './persistence/suppress-queued.js';
import { SwitchedOffStore } from './persistence/switched-off.store.js';
import { TellConsent } from './persistence/tell-consent.js';
import { WaitStore } from './persistence/wait.store.js';
import { AddNote } from './use-cases/add-note.js';
import { AssignConversation } from './use-cases/assign-conversation.js';
import { BlockContact } from './use-cases/block-contact.js';
import { ChangeConversation } from './use-cases/change-conversation.js';
import { ChangePreferences } from './use-cases/change-preferences.js';
import { AnswerStopQuestion } from './use-cases/answer-stop-question.js';
import { AskAboutStop } from './use-cases/ask-about-stop.js';
import { CancelMessages } from './use-cases/cancel-messages.js';
import { CloseConversation } from './use-cases/close-conversation.js';
import { CountQueued } from './use-cases/count-queued.js';
import { DeleteNote } from './use-cases/delete-note.js';
import { DiscloseMessage } from './use-cases/disclose-message.js';
import { DispatchMessages } from './use-cases/dispatch-messages.js';
import { FindBusinesses } from './use-cases/find-businesses.js';
import { FollowMessages } from './use-cases/follow-messages.js';
import { ForgetCarrierAnswers } from './use-cases/forget-carrier-answers.js';
import { HandOverMessages } from './use-cases/hand-over-messages.js';
import { MessageTraces } from './use-cases/message-traces.js';
import { MeasureBacklog } from './use-cases/measure-backlog.js';
import { LinkMedia } from './use-cases/link-media.js';
import { MarkConversationRead } from './use-cases/mark-conversation-read.js';
import { MarkMessagesRead } from './use-cases/mark-messages-read.js';
import { NoteHandOffs } from './use-cases/note-hand-offs.js';
import { OpenSmsCarrier } from './use-cases/open-sms-carrier.js';
import { NoteReceipts } from './use-cases/note-receipts.js';
import { PackParcels } from './use-cases/pack-parcels.js';
import { PreflightMessages } from './use-cases/preflight-messages.js';
import { ReadBusinesses } from './use-cases/read-businesses.js';
import { ReactToMessage } from './use-cases/react-to-message.js';
import { ReadReactions } from './use-cases/read-reactions.js';
import { ReadConversations } from './use-cases/read-conversations.js';
import { ReadNotes } from './use-cases/read-notes.js';
import { ReadConversation } from './use-cases/read-conversation.js';
import { MessagingExport } from './use-cases/messaging-export.js';
import { ReadHandOffs } from './use-cases/read-hand-offs.js';
import { ReadInbox } from './use-cases/read-inbox.js';
import { ReadKillSwitches } from './use-cases/read-kill-switches.js';
import { ReadLimits } from './use-cases/read-limits.js';
import { ReadMessages } from './use-cases/read-messages.js';
import { ReadParked } from './use-cases/read-parked.js';
import { ReadStopQuestions } from './use-cases/read-stop-questions.js';
import { ReadStopReviews } from './use-cases/read-stop-reviews.js';
import { ReceiveFromCarrier } from './use-cases/receive-from-carrier.js';
import { ReceiveMessage } from './use-cases/receive-message.js';
import { ReleaseHeld } from './use-cases/release-held.js';
import { ResolveStopReview } from './use-cases/resolve-stop-review.js';
import { RetryParked } from './use-cases/retry-parked.js';
import { SendMessages } from './use-cases/send-messages.js';
import { SetKillSwitch } from './use-cases/set-kill-switch.js';
import { ShowContents } from './use-cases/show-contents.js';
import { StopByWords } from './use-cases/stop-by-words.js';
import { StopQuestionExport } from './use-cases/stop-question-export.js';
import { ReadServiceWindows } from './use-cases/read-service-windows.js';
import { SweepHandOffs } from './use-cases/sweep-hand-offs.js';
import { TellOfKillSwitches } from './use-cases/tell-of-kill-switches.js';
import { WriteDrafts } from './use-cases/write-drafts.js';
import { WriteToBusiness } from './use-cases/write-to-business.js';

/** Sending, dispatch and inboxes. Global, because the consent library below asks for the effect of a stop on messages. */
@Global()
@Module({
  imports: [
    AccountsModule,
    CarriersModule,
    ConsentModule,
    ConsentPolicyModule,
    MatchingModule,
    MediaModule,
    PeopleModule,
    TemplatesModule,
  ],
  providers: [
    BacklogStore,
    CancelStore,
    CarrierAnswerStore,
    CarrierReferenceStore,
    BusinessesStore,
    ContactBlockStore,
    ContentVault,
    ConversationStore,
    DispatchRecorder,
    DispatchStore,
    EventStore,
    ExpectedHandOffs,
    HandOffRecorder,
    HandOffStore,
    HandedOffStore,
    HeldStore,
    InboundStore,
    InboxStore,
    KillSwitchNewsStore,
    KillSwitchStore,
    MessageProofs,
    MessageStore,
    MessagingErasure,
    NoteStore,
    OtherModeStore,
    ParkedStore,
    PreferencesStore,
    PersonMessageStore,
    QueueLevelStore,
    QueueStore,
    ReactionStore,
    ReplyStore,
    ScheduledStore,
    SendingRecorder,
    SendingStore,
    SentenceVault,
    SituationLoader,
    StaffInboxStore,
    StopQuestionStore,
    StopReviewStore,
    SuppressQueued,
    SwitchedOffStore,
    WaitStore,
    TellConsent,
    { provide: StopEffect, useExisting: SuppressQueued },
    { provide: ConsentTeller, useExisting: TellConsent },
    AddNote,
    AssignConversation,
    BlockContact,
    CloseConversation,
    CountQueued,
    DeleteNote,
    MarkConversationRead,
    ReactToMessage,
    ReadConversations,
    ReadReactions,
    ReadNotes,
    ChangeConversation,
    AnswerStopQuestion,
    AskAboutStop,
    CancelMessages,
    ChangePreferences,
    DiscloseMessage,
    DispatchMessages,
    MessageTraces,
    FindBusinesses,
    FollowMessages,
    ForgetCarrierAnswers,
    HandOverMessages,
    MeasureBacklog,
    LinkMedia,
    ShowContents,
    MarkMessagesRead,
    ReadBusinesses,
    ReadConversation,
    MessagingExport,
    NoteHandOffs,
    NoteReceipts,
    OpenSmsCarrier,
    PackParcels,
    PreflightMessages,
    ReadHandOffs,
    ReadInbox,
    ReadKillSwitches,
    ReadLimits,
    ReadMessages,
    ReadParked,
    ReadStopQuestions,
    ReadStopReviews,
    ReceiveFromCarrier,
    ReceiveMessage,
    ReleaseHeld,
    ResolveStopReview,
    RetryParked,
    SendMessages,
    SetKillSwitch,
    StopByWords,
    StopQuestionExport,
    SweepHandOffs,
    TellOfKillSwitches,
    ReadServiceWindows,
    WriteDrafts,
    WriteToBusiness,
  ],
  exports: [
    ConsentTeller,
    StopEffect,
    AddNote,
    AssignConversation,
    BlockContact,
    CloseConversation,
    CountQueued,
    DeleteNote,
    MarkConversationRead,
    ReactToMessage,
    ReadConversations,
    ReadReactions,
    ReadNotes,
    ChangePreferences,
    AnswerStopQuestion,
    CancelMessages,
    DiscloseMessage,
    DispatchMessages,
    FindBusinesses,
    FollowMessages,
    ForgetCarrierAnswers,
    HandOverMessages,
    LinkMedia,
    MarkMessagesRead,
    MeasureBacklog,
    MessagingErasure,
    MessagingExport,
    NoteReceipts,
    OpenSmsCarrier,
    PreflightMessages,
    ReadBusinesses,
    ReadConversation,
    ReadHandOffs,
    ReadInbox,
    ReadKillSwitches,
    ReadLimits,
    ReadMessages,
    ReadParked,
    ReadStopQuestions,
    ReadStopReviews,
    ReceiveFromCarrier,
    ReceiveMessage,
    ReleaseHeld,
    ResolveStopReview,
    RetryParked,
    SendMessages,
    SetKillSwitch,
    SweepHandOffs,
    TellOfKillSwitches,
    ReadServiceWindows,
    WriteToBusiness,
  ],
})
export class MessagingModule {}
