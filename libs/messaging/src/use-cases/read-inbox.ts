import { Injectable } from '@nestjs/common';
import type { PersonViewer } from '@assent/people';
import { BadInputError, follow, Handles, Hints, pageSchema, parseInput } from '@assent/platform';
import { z } from 'zod';
import type { ContentState } from '../domain/content.js';
import { Receipt, type ReceivedMessage } from '../domain/message.js';
import { InboxStore } from '../persistence/inbox.store.js';
import { ShowContents } from './show-contents.js';

const FOLLOWED_AT_ONCE = 100;

const acknowledgeSchema = z.object({
  messages: z
    .array(z.string().max(60, 'must be the id of a message'))
    .min(1, 'must hold 1 to 500 ids')
    .max(500, 'must hold 1 to 500 ids'),
  receipt: z.enum(Receipt, 'must be DELIVERED or READ'),
});

/** A person's inbox: reading it, following it, and saying what was delivered and read. */
@Injectable()
export class ReadInbox {
  constructor(
    private readonly store: InboxStore,
    private readonly handles: Handles,
    private readonly hints: Hints,
    private readonly contents: ShowContents,
  ) {}

  /** Messages newest first, one more than `first` where there are more. @throws BadInputError */
  async page(
    viewer: PersonViewer,
    args: { first: number; after?: string | null },
  ): Promise<{ first: number; messages: ReceivedMessage[] }> {
    const { first, after } = parseInput(pageSchema, args, 'inbox');
    return { first, messages: await this.store.page(viewer, parseCursor(after, 'inbox.after'), first + 1) };
  }

  /** Every message after a cursor, or from now on; missing none and repeating none. @throws BadInputError */
  async follow(
    viewer: PersonViewer,
    after: string | null | undefined,
  ): Promise<AsyncGenerator<ReceivedMessage, void>> {
    const from = parseCursor(after, 'inboxMessages.after') ?? (await this.store.newest(viewer));
    return follow(this.hints, `person:${viewer.personId}`, from, async (seq) => {
      const items = await this.store.after(viewer, seq, FOLLOWED_AT_ONCE);
      return { items, cursor: items.at(-1)?.inboxSeq ?? seq };
    });
  }

  /**
   * Says that messages were delivered to a device or read. @throws BadInputError
   * @returns handles of the messages whose status moved; the others were there already or are not this person's
   */
  async acknowledge(viewer: PersonViewer, input: unknown): Promise<string[]> {
    const { messages, receipt } = parseInput(acknowledgeSchema, input);
    const audience = `person:${viewer.personId}`;
    const ids = messages.map((handle, at) => {
      const id = this.handles.open(audience, 'msg', handle);
      if (!id)
        throw new BadInputError([{ field: `input.messages[${at}]`, rule: 'must be the id of a message' }]);
      return id;
    });
    const moved = await this.store.acknowledge(viewer, [...new Set(ids)], receipt);
    this.hints.send(new Set(moved.map(({ business_id }) => `business:${business_id}` as const)));
    return moved.map(({ id }) => this.handles.seal(audience, 'msg', id));
  }

  /** Whether what it says can be shown, and why not. */
  stateOf(message: ReceivedMessage): ContentState {
    return this.contents.of(message).state;
  }

  /** What the message says; null where it was erased, or does not open. */
  textOf(message: ReceivedMessage): string | null {
    return this.contents.textOf(message);
  }

  /** What proves that it was sent; null where it was erased. */
  proofOf(message: ReceivedMessage): string | null {
    return this.contents.proofOf(message);
  }
}

function parseCursor(cursor: string | null | undefined, field: string): number | null {
  if (cursor === null || cursor === undefined) return null;
  if (!/^\d{1,15}$/.test(cursor)) throw new BadInputError([{ field, rule: 'must be a cursor of the inbox' }]);
  return Number(cursor);
}
