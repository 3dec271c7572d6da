import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { Database, Handles } from '@assent/platform';
import { NoteStore } from '../persistence/note.store.js';
import {
  ChangeConversation,
  type ChangedConversation,
  type ConversationRefused,
  refusedFor,
} from './change-conversation.js';

/** Deletes a note for good: by who wrote it, or by who manages the account. */
@Injectable()
export class DeleteNote {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly change: ChangeConversation,
    private readonly notes: NoteStore,
  ) {}

  async execute(viewer: BusinessViewer, handle: string): Promise<ChangedConversation | ConversationRefused> {
    const { businessId } = viewer;
    const audience = `business:${businessId}`;
    const id = this.handles.open(audience, 'nte', handle);
    const note =
      id &&
      (await this.database.transaction({ role: 'business', businessId }, (tx) =>
        this.notes.byId(tx, businessId, id),
      ));
    if (!note) return refusedFor('NOTE_UNKNOWN');
    const contact = this.handles.seal(audience, 'ctc', note.contactId);
    return this.change.execute(viewer, contact, 'NOTE_DELETED', async ({ tx, locked, by }) => {
      if (note.by !== by && !viewer.may('account:manage')) return refusedFor('NOT_THE_AUTHOR');
      const { conversation } = locked;
      if (!(await this.notes.remove(tx, note.id))) return refusedFor('NOTE_UNKNOWN');
      return { ...conversation, notes: conversation.notes - 1 };
    });
  }
}
