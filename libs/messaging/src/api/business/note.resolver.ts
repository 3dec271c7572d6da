import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type BusinessViewer, Refused, toRefusal } from '@assent/accounts';
import { CurrentViewer, Handles, PageArgs, Permission, toConnection } from '@assent/platform';
import type { StoredNote } from '../../domain/conversation.js';
import { AddNote } from '../../use-cases/add-note.js';
import { DeleteNote } from '../../use-cases/delete-note.js';
import { ReadNotes } from '../../use-cases/read-notes.js';
import { toConversationResult } from './conversation.presenter.js';
import {
  AddConversationNoteInput,
  AddConversationNotePayload,
  AddConversationNoteResult,
  ConversationNote,
  ConversationNoteConnection,
  ConversationRefusal,
  ConversationResult,
  DeleteConversationNoteInput,
} from './conversation.types.js';

/** What staff write down about conversations, for each other. */
@Resolver(() => ConversationNote)
export class NoteResolver {
  constructor(
    private readonly read: ReadNotes,
    private readonly add: AddNote,
    private readonly remove: DeleteNote,
    private readonly handles: Handles,
  ) {}

  @Permission('messages:read')
  @Query(() => ConversationNoteConnection, {
    description: 'Notes on the conversation with one contact, newest first.',
  })
  async conversationNotes(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('contact', { type: () => ID }) contact: string,
    @Args() { first, after }: PageArgs,
  ): Promise<ConversationNoteConnection> {
    const page = await this.read.page(viewer, { contact, first, after });
    return toConnection(
      page.notes,
      page.first,
      (note) => this.toNote(viewer, note),
      ({ id }) => this.handleOf(viewer, id),
    );
  }

  @Permission('conversations:manage')
  @Mutation(() => AddConversationNoteResult, {
    description:
      'Writes a note on a conversation, for your staff; the person never sees it. Refusals: `CONVERSATION_UNKNOWN`, `TOO_MANY_NOTES`, `IDEMPOTENCY_CONFLICT`.',
  })
  async addConversationNote(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: AddConversationNoteInput,
  ): Promise<typeof AddConversationNoteResult> {
    const outcome = await this.add.execute(viewer, input);
    if (outcome instanceof Refused) return toRefusal(ConversationRefusal, outcome);
    const { note, replayed } = outcome;
    return Object.assign(new AddConversationNotePayload(), { note: this.toNote(viewer, note), replayed });
  }

  @Permission('conversations:manage')
  @Mutation(() => ConversationResult, {
    description:
      'Deletes a note for good. Refusals: `NOTE_UNKNOWN`, `NOT_THE_AUTHOR`, `CONVERSATION_UNKNOWN`.',
  })
  async deleteConversationNote(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { note }: DeleteConversationNoteInput,
  ): Promise<typeof ConversationResult> {
    return toConversationResult(await this.remove.execute(viewer, note));
  }

  @ResolveField(() => String, { nullable: true, description: 'What it says; null where it was erased.' })
  text(@Parent() { stored }: ConversationNote): string | null {
    return this.read.textOf(stored);
  }

  private toNote(viewer: BusinessViewer, stored: StoredNote): ConversationNote {
    return { id: this.handleOf(viewer, stored.id), by: stored.by, at: stored.at, stored };
  }

  private handleOf({ businessId }: BusinessViewer, id: string): string {
    return this.handles.seal(`business:${businessId}`, 'nte', id);
  }
}
