import { Injectable } from '@nestjs/common';
import type { BusinessViewer } from '@assent/accounts';
import { BadInputError, Database, Handles, parseInput } from '@assent/platform';
import { z } from 'zod';
import { read } from '../domain/conversation.js';
import { MessageStore } from '../persistence/message.store.js';
import { StaffInboxStore } from '../persistence/staff-inbox.store.js';
import { actorId } from './change-conversation.js';

const COUNT_RULE = 'must hold 1 to 500 ids';
const ID_RULE = 'must be the id of a message';

const schema = z.object({
  messages: z.array(z.string().max(60, ID_RULE)).min(1, COUNT_RULE).max(500, COUNT_RULE),
});

/** Somebody of a business has read what people wrote. */
@Injectable()
export class MarkMessagesRead {
  constructor(
    private readonly database: Database,
    private readonly store: MessageStore,
    private readonly inbox: StaffInboxStore,
    private readonly handles: Handles,
  ) {}

  /** @returns handles of the messages that were not READ before. @throws BadInputError */
  async execute({ businessId, actor }: BusinessViewer, input: z.input<typeof schema>): Promise<string[]> {
    const audience = `business:${businessId}`;
    const ids = parseInput(schema, input).messages.map((handle, at) => {
      const id = this.handles.open(audience, 'msg', handle);
      if (!id) throw new BadInputError([{ field: `input.messages[${at}]`, rule: ID_RULE }]);
      return id;
    });
    const asked = [...new Set(ids)];
    const by = actorId(actor);
    const marked = await this.database.transaction({ role: 'business', businessId }, async (tx) => {
      const conversations = await this.inbox.lockOfMessages(tx, businessId, asked);
      const [messages, now] = await Promise.all([this.store.markRead(tx, businessId, asked), tx.now()]);
      await Promise.all(
        conversations.map(async (conversation) => {
          const count = messages.filter(({ contactId }) => contactId === conversation.contactId).length;
          const after = read(conversation, count, by, now);
          if (after !== conversation) await this.inbox.save(tx, after, 'READ', by, now);
        }),
      );
      return messages;
    });
    return marked.map(({ id }) => this.handles.seal(audience, 'msg', id));
  }
}
