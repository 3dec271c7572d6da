import { Injectable } from '@nestjs/common';
import { BadInputError, Handles, parseInput } from '@assent/platform';
import { z } from 'zod';
import { MessageStore } from '../persistence/message.store.js';

const COUNT_RULE = 'must hold 1 to 500 ids';
const ID_RULE = 'must be the id of a message';

const schema = z.object({
  messages: z.array(z.string().max(60, ID_RULE)).min(1, COUNT_RULE).max(500, COUNT_RULE),
});

/** Somebody of a business has read what people wrote. */
@Injectable()
export class MarkMessagesRead {
  constructor(
    private readonly store: MessageStore,
    private readonly handles: Handles,
  ) {}

  /** @returns handles of the messages that were not READ before. @throws BadInputError */
  async execute(businessId: string, input: z.input<typeof schema>): Promise<string[]> {
    const audience = `business:${businessId}`;
    const ids = parseInput(schema, input).messages.map((handle, at) => {
      const id = this.handles.open(audience, 'msg', handle);
      if (!id) throw new BadInputError([{ field: `input.messages[${at}]`, rule: ID_RULE }]);
      return id;
    });
    const marked = await this.store.markRead(businessId, [...new Set(ids)]);
    return marked.map((id) => this.handles.seal(audience, 'msg', id));
  }
}
