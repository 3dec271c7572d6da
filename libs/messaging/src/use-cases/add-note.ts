import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { idempotencyKey, laneOf, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { MOST_NOTES, type StoredNote } from '../domain/conversation.js';
import { isMessageText } from '../domain/text.js';
import { ContentVault, SEALED_AT_REST_1 } from '../persistence/content-vault.js';
import { NoteStore } from '../persistence/note.store.js';
import { ChangeConversation, type ConversationRefused, refusedFor } from './change-conversation.js';
import { NOTE } from './read-notes.js';

const schema = z.object({
  contact: z.string().max(60, 'must be the id of a contact'),
  text: z.string().refine(isMessageText, 'must have 1 to 4,096 characters of well-formed Unicode'),
  idempotencyKey,
});

/** A note, and whether it was there already under its key. */
export interface AddedNote {
  note: StoredNote;
  replayed: boolean;
}

/** Writes down something about a conversation that its person never sees. */
@Injectable()
export class AddNote {
  constructor(
    private readonly change: ChangeConversation,
    private readonly notes: NoteStore,
    private readonly vault: ContentVault,
  ) {}

  /** @throws BadInputError */
  async execute(viewer: BusinessViewer, input: unknown): Promise<AddedNote | ConversationRefused> {
    const { contact, text, idempotencyKey } = parseInput(schema, input);
    let added: AddedNote | undefined;
    const outcome = await this.change.execute(viewer, contact, 'NOTED', async ({ tx, locked, by, now }) => {
      const { conversation, contentSalt } = locked;
      const { businessId, contactId } = conversation;
      const earlier = await this.notes.byKey(tx, businessId, contactId, idempotencyKey);
      if (earlier) {
        added = { note: earlier, replayed: true };
        const isSame = this.vault.open(earlier.id, earlier.content, NOTE) === text;
        return isSame ? conversation : refusedFor('IDEMPOTENCY_CONFLICT');
      }
      if (conversation.notes >= MOST_NOTES) return refusedFor('TOO_MANY_NOTES');
      const id = uuid7(now.getTime(), laneOf(contactId));
      const content = this.vault.seal({ contactId, contentSalt }, id, text, NOTE);
      await this.notes.add(tx, { id, contactId, businessId, by, at: now, content, idempotencyKey });
      const sealed = { suite: SEALED_AT_REST_1, bytes: content, contactId, contentSalt };
      added = { note: { id, contactId, by, at: now, content: sealed }, replayed: false };
      return { ...conversation, notes: conversation.notes + 1 };
    });
    if (outcome instanceof Refused) return outcome;
    if (!added) throw new Error('A note was neither written nor refused');
    return added;
  }
}
