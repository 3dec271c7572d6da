import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { ReadContacts } from '@assent/matching';
import {
  badCursor,
  BadInputError,
  Database,
  Handles,
  pageSchema,
  parseInput,
  parsePublicId,
} from '@assent/platform';
import type { ConversationState, StaffConversation } from '../domain/conversation.js';
import { type ConversationPosition, StaffInboxStore } from '../persistence/staff-inbox.store.js';

/** Which conversations are asked for; what is left out is not asked about. */
export interface AskedConversations {
  state?: ConversationState | null;
  /** `mem_…` */
  assignee?: string | null;
  unassigned?: boolean | null;
  unread?: boolean | null;
  contact?: { id?: string | null; externalId?: string | null } | null;
}

/** Staff read the inbox of their business. */
@Injectable()
export class ReadConversations {
  constructor(
    private readonly database: Database,
    private readonly handles: Handles,
    private readonly contacts: ReadContacts,
    private readonly store: StaffInboxStore,
  ) {}

  /** Those whose person wrote last come first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: BusinessViewer,
    asked: AskedConversations,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; conversations: StaffConversation[] }> {
    const { first, after } = parseInput(pageSchema, page, 'conversations');
    const { businessId } = viewer;
    const position = after ? this.positionOf(viewer, after) : null;
    const assignedTo = asked.assignee ? parsePublicId('mem', asked.assignee) : null;
    if (assignedTo === undefined) {
      throw new BadInputError([
        { field: 'conversations.filter.assignee', rule: 'must be the id of a member' },
      ]);
    }
    const contactId = asked.contact ? await this.contactOf(viewer, asked.contact) : null;
    if (contactId === undefined) return { first, conversations: [] };
    const filter = {
      state: asked.state ?? null,
      assignedTo,
      unassigned: asked.unassigned ?? null,
      unread: asked.unread ?? null,
      contactId,
    };
    const conversations = await this.database.transaction({ role: 'business', businessId }, (tx) =>
      this.store.page(tx, businessId, filter, position, first + 1),
    );
    return { first, conversations };
  }

  /** The conversation with a contact; undefined where there is none. */
  async of(viewer: BusinessViewer, contact: string): Promise<StaffConversation | undefined> {
    const { conversations } = await this.page(viewer, { contact: { id: contact } }, { first: 1 });
    return conversations[0];
  }

  /** Where a page that ends with this conversation goes on, also when it has moved since. */
  cursorOf({ businessId }: BusinessViewer, { lastWroteAt, contactId }: StaffConversation): string {
    return `${lastWroteAt.getTime()}.${this.handles.seal(`business:${businessId}`, 'ctc', contactId)}`;
  }

  private positionOf({ businessId }: BusinessViewer, cursor: string): ConversationPosition {
    const [, time, handle = ''] = /^(\d{1,13})\.(ctc_.*)$/.exec(cursor) ?? [];
    const contactId = this.handles.open(`business:${businessId}`, 'ctc', handle);
    if (!contactId) {
      throw badCursor('conversations');
    }
    return { lastWroteAt: new Date(Number(time)), contactId };
  }

  private async contactOf(
    viewer: BusinessViewer,
    { id, externalId }: { id?: string | null; externalId?: string | null },
  ): Promise<string | undefined> {
    const contact =
      typeof id === 'string'
        ? await this.contacts.byHandle(viewer, id)
        : await this.contacts.byExternalId(viewer, externalId ?? '');
    return contact?.id;
  }
}
