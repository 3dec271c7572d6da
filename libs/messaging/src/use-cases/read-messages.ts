import { Injectable } from '@nestjs/common';
import { BadInputError, Handles, pageSchema, parseInput } from '@assent/platform';
import type { ContentState } from '../domain/content.js';
import type { StoredMessage } from '../domain/message.js';
import { MessageStore } from '../persistence/message.store.js';
import { ShowContents } from './show-contents.js';

/** Reads a business's own messages. */
@Injectable()
export class ReadMessages {
  constructor(
    private readonly store: MessageStore,
    private readonly handles: Handles,
    private readonly contents: ShowContents,
  ) {}

  /** The message behind a handle, or null where this business has none such. */
  async byHandle(businessId: string, handle: string): Promise<StoredMessage | null> {
    const id = this.handles.open(`business:${businessId}`, 'msg', handle);
    const [message] = id ? await this.store.byIds(businessId, [id]) : [];
    return message ?? null;
  }

  /**
   * Messages newest first, one more than `first` where there are more; of one contact where one is given.
   * @throws BadInputError
   */
  async page(
    businessId: string,
    args: { first: number; after?: string | null; contact?: string | null },
  ): Promise<{ first: number; messages: StoredMessage[] }> {
    const { first, after } = parseInput(pageSchema, args, 'messages');
    const before = this.optional(
      businessId,
      'msg',
      after,
      'messages.after',
      'must be an endCursor of this connection',
    );
    const contact = this.optional(
      businessId,
      'ctc',
      args.contact,
      'messages.contact',
      'must be the id of a contact',
    );
    return { first, messages: await this.store.page(businessId, contact, before, first + 1) };
  }

  /** Whether what it says can be shown, and why not. */
  stateOf(message: StoredMessage): ContentState {
    return this.contents.of(message).state;
  }

  /** What the person reads; null where it was erased, or does not open. */
  textOf(message: StoredMessage): string | null {
    return this.contents.textOf(message);
  }

  private optional(
    businessId: string,
    prefix: 'msg' | 'ctc',
    handle: string | null | undefined,
    field: string,
    rule: string,
  ): string | null {
    if (handle === null || handle === undefined) return null;
    const id = this.handles.open(`business:${businessId}`, prefix, handle);
    if (!id) throw new BadInputError([{ field, rule }]);
    return id;
  }
}
