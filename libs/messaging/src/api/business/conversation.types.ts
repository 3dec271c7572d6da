import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ContactBy } from '@assent/matching';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import { ConversationState, type StaffConversation, type StoredNote } from '../../domain/conversation.js';

registerEnumType(ConversationState, {
  name: 'ConversationState',
  description: 'Whether staff still have something to do with a conversation.',
  valuesMap: {
    OPEN: { description: 'From the first message of the person on; their next message opens it again.' },
    CLOSED: { description: 'Closed by staff.' },
  },
});

/** A conversation in the inbox of staff. */
@ObjectType({
  description:
    'The conversation with one contact, as your staff work on it. It is there from the first message of the person on, until they are erased; the person sees nothing of it.',
})
export class Conversation {
  @Field(() => ConversationState)
  state!: ConversationState;

  @Field(() => Int, { description: 'Messages of the person that nobody of yours has read.' })
  unread!: number;

  @Field(() => Int, { description: 'How many notes there are; see conversationNotes.' })
  notes!: number;

  @Field(() => GraphQLISODateTime, { description: 'When the person last wrote (UTC).' })
  lastWroteAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When somebody of yours last read it.' })
  readAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'Who did: `mem_…`, or `key_…` of an API key.' })
  readBy!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'While it is CLOSED: since when.' })
  closedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'While it is CLOSED: by whom, `mem_…` or `key_…`.' })
  closedBy!: string | null;

  /** What the fields that are loaded only when asked for need. */
  stored!: StaffConversation;
}

/** A page of conversations. */
@ObjectType({ description: 'A page of conversations; those whose person wrote last come first.' })
export class BusinessConversationConnection extends connectionType(
  Conversation,
  'BusinessConversationConnection',
) {}

/** Which conversations are asked for. */
@InputType({ description: 'Which conversations; what is left out is not asked about.' })
export class ConversationFilter {
  @Field(() => ConversationState, { nullable: true })
  state?: ConversationState | null;

  @Field(() => ID, { nullable: true, description: 'Those of one of your members, `mem_…`.' })
  assignee?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only those that nobody has; false: only those that somebody has.',
  })
  unassigned?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only those with something unread; false: only those without.',
  })
  unread?: boolean | null;

  @Field(() => ContactBy, { nullable: true, description: 'That of one contact.' })
  contact?: ContactBy | null;
}

/** A note. */
@ObjectType({
  description: 'What your staff wrote down about a conversation. The person never sees it. Stored encrypted.',
})
export class ConversationNote {
  @Field(() => ID, { description: 'Opaque id, `nte_…`.' })
  id!: string;

  @Field(() => ID, { description: 'Who wrote it: `mem_…`, or `key_…` of an API key.' })
  by!: string;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  /** What the text is opened from only when asked for. */
  stored!: StoredNote;
}

/** A page of notes. */
@ObjectType({ description: 'A page of notes, newest first.' })
export class ConversationNoteConnection extends connectionType(
  ConversationNote,
  'ConversationNoteConnection',
) {}

/** Input of what is done with a conversation. */
@InputType()
export class ConversationInput {
  @Field(() => ID, { description: 'The contact whose conversation it is, `ctc_…`.' })
  contact!: string;
}

/** Input of assignConversation. */
@InputType()
export class AssignConversationInput extends ConversationInput {
  @Field(() => ID, { nullable: true, description: 'One of your members, `mem_…`; null: nobody.' })
  assignee?: string | null;
}

/** Input of addConversationNote. */
@InputType()
export class AddConversationNoteInput extends ConversationInput {
  @Field(() => String, { description: '1 to 4,096 characters.' })
  text!: string;

  @Field(() => String, {
    description:
      'Your own key for this note, 1 to 255 characters, kept as long as the note. The same key with the same text is answered as before and writes nothing; with another text it is a conflict.',
  })
  idempotencyKey!: string;
}

/** Input of deleteConversationNote. */
@InputType()
export class DeleteConversationNoteInput {
  @Field(() => ID, { description: '`nte_…`' })
  note!: string;
}

/** What was asked for is so. */
@ObjectType()
export class ConversationPayload {
  @Field(() => Conversation)
  conversation!: Conversation;

  @Field(() => Boolean, { description: 'False: it was so already, and there is no event.' })
  changed!: boolean;
}

/** A note is there. */
@ObjectType()
export class AddConversationNotePayload {
  @Field(() => ConversationNote)
  note!: ConversationNote;

  @Field(() => Boolean, { description: 'True: it was there already under this key.' })
  replayed!: boolean;
}

/** Nothing was done. */
@ObjectType({
  implements: () => [Refusal],
  description: 'Nothing was done; docs/reasons.md has the reasons.',
})
export class ConversationRefusal extends Refusal {}

export const ConversationResult = resultUnion('ConversationResult', [
  ConversationPayload,
  ConversationRefusal,
]);
export const AddConversationNoteResult = resultUnion('AddConversationNoteResult', [
  AddConversationNotePayload,
  ConversationRefusal,
]);
