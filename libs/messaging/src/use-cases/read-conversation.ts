import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { badCursor, BadInputError, Handles, pageSchema, parseInput, parsePublicId } from '@assent/platform';
import type { ContentState } from '../domain/content.js';
import type { ConversationMessage } from '../domain/message.js';
import { ConversationStore } from '../persistence/conversation.store.js';
import { ShowContents } from './show-contents.js';

/** A person reads their conversation with a business. */
@Injectable()
export class ReadConversation {
  constructor(
    private readonly store: ConversationStore,
    private readonly handles: Handles,
    private readonly contents: ShowContents,
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

  /** Whether what it says can be shown, and why not. */
  stateOf(message: ConversationMessage): ContentState {
    return this.contents.of(message).state;
  }

  /** What a message says; null where it was erased, or does not open. */
  textOf(message: ConversationMessage): string | null {
    return this.contents.textOf(message);
  }

  /** What proves that it was sent; null for what the person wrote, and where it was erased. */
  proofOf(message: ConversationMessage): string | null {
    return this.contents.proofOf(message);
  }
}
