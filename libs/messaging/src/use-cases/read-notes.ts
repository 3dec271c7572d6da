import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { badCursor, Database, Handles, pageSchema, parseInput } from '@assent/platform';
import type { StoredNote } from '../domain/conversation.js';
import { ContentVault } from '../persistence/content-vault.js';
import { NoteStore } from '../persistence/note.store.js';

/** What notes are sealed as. */
export const NOTE = 'conversation_note.content';

/** Staff read what they wrote down about a conversation. */
@Injectable()
export class ReadNotes {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly notes: NoteStore,
    private readonly vault: ContentVault,
  ) {}

  /** Newest first, one more than `first` where there are more; none where there is no such contact. @throws BadInputError */
  async page(
    { businessId }: BusinessViewer,
    args: { contact: string; first: number; after?: string | null },
  ): Promise<{ first: number; notes: StoredNote[] }> {
    const { first, after } = parseInput(pageSchema, args, 'conversationNotes');
    const audience = `business:${businessId}`;
    const before = after ? this.handles.open(audience, 'nte', after) : null;
    if (before === undefined) {
      throw badCursor('conversationNotes');
    }
    const contactId = this.handles.open(audience, 'ctc', args.contact);
    if (!contactId) return { first, notes: [] };
    const notes = await this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.notes.page(tx, businessId, contactId, before, first + 1),
    );
    return { first, notes };
  }

  /** What a note says; null where it was erased. */
  textOf({ id, content }: StoredNote): string | null {
    return this.vault.open(id, content, NOTE);
  }
}
