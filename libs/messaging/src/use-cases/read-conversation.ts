import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, BadInputError, Handles, pageSchema, parseInput, parsePublicId } from '@assent/platform';
import type { ConversationMessage } from '../domain/message.js';
import { ContentVault } from '../persistence/content-vault.js';
import { ConversationStore } from '../persistence/conversation.store.js';

/** A person reads their conversation with a business. */
@Injectable()
export class ReadConversation {
  constructor(
    private readonly store: ConversationStore,
    private readonly handles: Handles,
    private readonly vault: ContentVault,
  ) {}

  /** Messages of both directions newest first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: PersonViewer,
    business: string,
    page: { first: number; after?: string | null },
  ): Promise<{ first: number; messages: ConversationMessage[] }> {
    const { first, after } = parseInput(pageSchema, page, 'conversation');
    const businessId = parsePublicId('biz', business);
    if (!businessId) {
      throw new BadInputError([{ field: 'conversation.business', rule: 'must be the id of a business' }]);
    }
    const before = after ? this.handles.open(`person:${viewer.personId}`, 'msg', after) : null;
    if (before === undefined) {
      throw badCursor('conversation');
    }
    return { first, messages: await this.store.page(viewer, businessId, before, first + 1) };
  }

  /** What a message says; null where it was erased. */
  textOf({ id, content }: ConversationMessage): string | null {
    return this.vault.open(id, content);
  }

  /** What proves that it was sent; null for what the person wrote, and where it was erased. */
  proofOf({ id, content }: ConversationMessage): string | null {
    return this.vault.proofOf(id, content);
  }
}
