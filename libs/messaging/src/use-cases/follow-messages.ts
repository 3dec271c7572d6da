import { Injectable } from '@nestjs/common';
import { BadInputError, follow, Hints } from '@assent/platform';
import type { MessageStatus, StatusChange, StoredMessage } from '../domain/message.js';
import {
  type EventRow,
  EventStore,
  type EventType,
  formatEventCursor,
  parseEventCursor,
} from '../persistence/event.store.js';
import { MessageStore } from '../persistence/message.store.js';

/** A message that a person wrote, and where a follower stands behind it. */
export interface ReceivedByBusiness {
  cursor: string;
  message: StoredMessage;
}

/** Follows what happens to a business's messages: after a cursor, or from now on; missing none and repeating none. */
@Injectable()
export class FollowMessages {
  constructor(
    private readonly events: EventStore,
    private readonly messages: MessageStore,
    private readonly hints: Hints,
  ) {}

  /** Every step of messages to people. @throws BadInputError where the cursor is none */
  statuses(
    businessId: string,
    after: string | null | undefined,
  ): Promise<AsyncGenerator<StatusChange, void>> {
    return this.follow('messageStatusChanged', 'message.status', businessId, after, async (events) =>
      events.map((event) => ({
        cursor: formatEventCursor(event),
        messageId: event.message_id,
        status: event.data?.status as MessageStatus,
        reason: event.data?.reason ?? null,
        at: event.at,
      })),
    );
  }

  /** Every message that people write. @throws BadInputError where the cursor is none */
  received(
    businessId: string,
    after: string | null | undefined,
  ): Promise<AsyncGenerator<ReceivedByBusiness, void>> {
    return this.follow('messageReceived', 'message.received', businessId, after, async (events) => {
      const stored = await this.messages.byIds(
        businessId,
        events.map(({ message_id }) => message_id),
      );
      const byId = new Map(stored.map((message) => [message.id, message]));
      return events.flatMap((event) => {
        const message = byId.get(event.message_id);
        return message ? [{ cursor: formatEventCursor(event), message }] : [];
      });
    });
  }

  private async follow<Item>(
    subscription: string,
    type: EventType,
    businessId: string,
    after: string | null | undefined,
    toItems: (events: EventRow[]) => Promise<Item[]>,
  ): Promise<AsyncGenerator<Item, void>> {
    const from = after ? parseEventCursor(after) : await this.events.now(businessId);
    if (!from) {
      throw new BadInputError([{ field: `${subscription}.after`, rule: 'must be a cursor of a change' }]);
    }
    return follow(this.hints, `business:${businessId}`, from, async (cursor) => {
      const { events, settling } = await this.events.after(businessId, type, cursor);
      const items = events.length > 0 ? await toItems(events) : [];
      return { items, cursor: events.at(-1) ?? cursor, settling };
    });
  }
}
