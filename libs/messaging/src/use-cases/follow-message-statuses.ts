import { Injectable } from '@nestjs/common';
import { BadInputError, follow, Hints } from '@assent/platform';
import { type MessageStatus, type StatusChange } from '../domain/message.js';
import { EventStore, formatEventCursor, parseEventCursor } from '../persistence/event.store.js';

/** Follows what becomes of a business's messages. */
@Injectable()
export class FollowMessageStatuses {
  constructor(
    private readonly events: EventStore,
    private readonly hints: Hints,
  ) {}

  /** Every change after a cursor, or from now on; missing none and repeating none. @throws BadInputError */
  async execute(
    businessId: string,
    after: string | null | undefined,
  ): Promise<AsyncGenerator<StatusChange, void>> {
    const from = after ? parseEventCursor(after) : await this.events.now(businessId);
    if (!from)
      throw new BadInputError([
        { field: 'messageStatusChanged.after', rule: 'must be a cursor of a change' },
      ]);
    return follow(this.hints, `business:${businessId}`, from, async (cursor) => {
      const { events, settling } = await this.events.messageStatuses(businessId, cursor);
      const items = events.map((event) => ({
        cursor: formatEventCursor(event),
        messageId: event.message_id,
        status: event.data.status as MessageStatus,
        reason: event.data.reason,
        at: event.at,
      }));
      return { items, cursor: events.at(-1) ?? cursor, settling };
    });
  }
}
