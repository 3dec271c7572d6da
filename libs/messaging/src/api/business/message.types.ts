import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import {
  DeliveredBy,
  MessageDirection,
  MessagePurpose,
  MessageStatus,
  type StoredMessage,
  WhenLimited,
} from '../../domain/message.js';
import { Objection } from './objection.types.js';

registerEnumType(MessageStatus, {
  name: 'MessageStatus',
  description:
    'Where a message is: ACCEPTED, DISPATCHED, DELIVERED, READ, never backwards; the others are final.',
  valuesMap: {
    ACCEPTED: { description: 'Taken and stored; not yet visible to the person.' },
    DISPATCHED: { description: 'Visible in the person’s inbox.' },
    DELIVERED: { description: 'A device of the person has it, or their phone as an SMS.' },
    READ: { description: 'The person has opened it.' },
    EXPIRED: { description: 'Its validity ended before it could be dispatched.' },
    SUPPRESSED: {
      description: 'The person stopped it, or a rule forbade it, before it became visible; see reason.',
    },
    CANCELLED: { description: 'The business took it back before it became visible.' },
    FAILED: { description: 'It could not be handed over; see reason.' },
  },
});

registerEnumType(DeliveredBy, {
  name: 'DeliveredBy',
  description: 'What brought a message to a person.',
  valuesMap: {
    IN_APP: { description: 'A device of the person said that it has it.' },
    SMS: { description: 'The carrier’s receipt: their phone has it as a text message.' },
  },
});

registerEnumType(WhenLimited, {
  name: 'WhenLimited',
  description:
    'What is to become of a message when a limit is used up that it could wait for: your throughput, or how much the person may see.',
  valuesMap: {
    DEFER: { description: 'It waits: it is accepted, and becomes visible when the limit lets it.' },
    REFUSE: {
      description:
        'It is refused; or ends SUPPRESSED, where the limit was used up between its acceptance and its dispatch.',
    },
  },
});

registerEnumType(MessageDirection, {
  name: 'MessageDirection',
  description: 'Who wrote a message.',
  valuesMap: {
    OUTBOUND: { description: 'You, to the person.' },
    INBOUND: { description: 'The person, to you. It has no purpose, no key, and is DELIVERED at once.' },
  },
});

const DEFERRALS =
  'SCHEDULED, BUSINESS_RESTRICTED, TEMPLATE_PAUSED, TEMPLATE_PACING, QUIET_HOURS, PAUSED, MARKETING_CAP, BUSINESS_MARKETING_CAP, INTERRUPTION_BUDGET or THROUGHPUT; what was scheduled also waits for PAIR_LIMIT, REACH_TIER and SPAM_SCORE';

/** A message as its business sees it. */
@ObjectType({ description: 'A message to one of your contacts, or from one.' })
export class Message {
  @Field(() => ID, { description: 'Opaque id, `msg_…`.' })
  id!: string;

  @Field(() => MessageDirection)
  direction!: MessageDirection;

  @Field(() => MessagePurpose, { nullable: true, description: 'Null for what the person wrote.' })
  purpose!: MessagePurpose | null;

  @Field(() => MessageStatus)
  status!: MessageStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Why it ended without being delivered; kept for ever.',
  })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The key that you sent it with; null for what the person wrote.',
  })
  idempotencyKey!: string | null;

  @Field(() => GraphQLISODateTime, { description: 'When it was stored.' })
  acceptedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it became visible to the person.' })
  dispatchedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  deliveredAt!: Date | null;

  @Field(() => DeliveredBy, {
    nullable: true,
    description: 'What brought it first; null while it is not delivered, and for what the person wrote.',
  })
  deliveredBy!: DeliveredBy | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  readAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended without being delivered.' })
  endedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'What you scheduled it for (UTC).' })
  sendAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Not visible by then (UTC), it ends EXPIRED. Null for what the person wrote.',
  })
  expiresAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'While it waits: the earliest time (UTC) at which it may become visible, as far as is known now.',
  })
  deferredUntil!: Date | null;

  @Field(() => String, { nullable: true, description: `While it waits, why: ${DEFERRALS}.` })
  deferredBecause!: string | null;

  @Field(() => ID, { nullable: true, description: 'The message that it answers; null: none.' })
  inReplyTo!: string | null;

  /** What the fields that are opened or loaded only when asked for are made of. */
  stored!: StoredMessage;
}

/** Which template a message is of. */
@ObjectType({ description: 'Which template a message is of.' })
export class SentTemplate {
  @Field(() => ID, { description: '`tpl_…`' })
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'Number of the version.' })
  version!: number;

  @Field(() => String, { description: 'The language that it is written in.' })
  language!: string;
}

/** Whether free words are taken. */
@ObjectType({
  description: 'For 24 hours after the person last wrote, you may answer in your own words.',
})
export class ServiceWindow {
  @Field(() => Boolean)
  open!: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it closes, or closed (UTC); null: the person never wrote.',
  })
  closesAt!: Date | null;
}

/** A page of messages. */
@ObjectType({ description: 'A page of messages, newest first.' })
export class MessageConnection extends connectionType(Message, 'MessageConnection') {}

/** A message was taken. */
@ObjectType({
  description: 'The message is stored and will be dispatched once, unless the person stops it first.',
})
export class AcceptedMessage {
  @Field(() => ID, { description: 'Id of the message; ask `message(id)` for its status.' })
  id!: string;

  @Field(() => String)
  idempotencyKey!: string;

  @Field(() => GraphQLISODateTime)
  acceptedAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'It is not to become visible before this time (UTC), as far as was known when it was accepted; it is decided again then. Null: at once.',
  })
  deferredUntil!: Date | null;

  @Field(() => String, { nullable: true, description: `Why it waits: ${DEFERRALS}. Null: it does not.` })
  deferredBecause!: string | null;

  @Field(() => Boolean, {
    description: 'True: this key was used before, this is the answer of then, and nothing was sent now.',
  })
  replayed!: boolean;

  constructor(fields: AcceptedMessage) {
    Object.assign(this, fields);
  }
}

/** A message was refused. */
@ObjectType({ implements: () => [Refusal], description: 'The message was not taken, and nothing was spent.' })
export class RefusedMessage extends Refusal {
  @Field(() => String, {
    nullable: true,
    description:
      'With `TEMPLATE_PARAMETERS`: the parameter that it is about, the first one where it is about several.',
  })
  parameter!: string | null;

  @Field(() => String)
  idempotencyKey!: string;

  @Field(() => [Objection], {
    nullable: true,
    description:
      'What every other gate that objected too said, in the order of the gates; each by itself. Null where the answer is one of an earlier request: only what decided was kept.',
  })
  otherObjections!: Objection[] | null;

  @Field(() => Boolean, { description: 'True: this key was used before, and this is the answer of then.' })
  replayed!: boolean;

  constructor(fields: RefusedMessage) {
    super();
    Object.assign(this, fields);
  }
}

export const SendMessageResult = resultUnion(
  'SendMessageResult',
  [AcceptedMessage, RefusedMessage],
  'What became of one message: AcceptedMessage, or RefusedMessage with reasons BUSINESS_NOT_VERIFIED, BUSINESS_SUSPENDED, BUSINESS_RESTRICTED, TEST_CONTACT, LIVE_CONTACT, CONTACT_UNKNOWN, CONTACT_BLOCKED, BLOCKED_BY_YOU, CONSENT_STOPPED, CONSENT_MISSING, TEMPLATE_UNKNOWN, TEMPLATE_NOT_APPROVED, TEMPLATE_PAUSED, TEMPLATE_DISABLED, TEMPLATE_PARAMETERS, TEMPLATE_PACING, SERVICE_WINDOW_CLOSED, REPLY_UNKNOWN, MEDIA_UNKNOWN, CONTENT_TOO_LONG, VALIDITY_OUT_OF_RANGE, QUEUE_FULL, QUIET_HOURS, PAUSED, MARKETING_CAP, BUSINESS_MARKETING_CAP, INTERRUPTION_BUDGET, PAIR_LIMIT, REACH_TIER, THROUGHPUT, SPAM_SCORE, SCHEDULE_TOO_SOON, SCHEDULE_TOO_FAR or IDEMPOTENCY_CONFLICT.',
);

/** Answer of sendMessages. */
@ObjectType()
export class SendMessagesPayload {
  @Field(() => [SendMessageResult], {
    description: 'One result for each message, in the order of the input.',
  })
  results!: (AcceptedMessage | RefusedMessage)[];
}

/** A step of a message. */
@ObjectType({ description: 'A step that one of your messages took.' })
export class MessageStatusChange {
  @Field(() => String, { description: 'Give it as `after` to go on from here, on any connection.' })
  cursor!: string;

  @Field(() => ID)
  messageId!: string;

  @Field(() => MessageStatus, { description: 'The status it then had; it may be further by now.' })
  status!: MessageStatus;

  @Field(() => String, { nullable: true })
  reason!: string | null;

  @Field(() => GraphQLISODateTime)
  at!: Date;
}

/** A message that a person wrote, as it is followed. */
@ObjectType({ description: 'A message that one of your contacts wrote to you.' })
export class MessageReceived {
  @Field(() => String, { description: 'Give it as `after` to go on from here, on any connection.' })
  cursor!: string;

  @Field(() => Message)
  message!: Message;
}

/** Input of markMessagesRead. */
@InputType()
export class MarkMessagesReadInput {
  @Field(() => [ID], { description: 'Ids of 1 to 500 messages that people wrote to you.' })
  messages!: string[];
}

/** Answer of markMessagesRead. */
@ObjectType()
export class MarkMessagesReadPayload {
  @Field(() => [ID], { description: 'Those that are READ now and were not before.' })
  marked!: string[];
}
