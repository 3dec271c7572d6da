/** Where a feed stands, and of which time it brings events. */
export interface Feed {
  position: { xid: string; id: string };
  types: readonly string[];
  from: Date;
  /** Null: it goes on for ever. */
  until: Date | null;
}

/** An event that may be fed. */
export interface FeedableEvent {
  xid: string;
  id: string;
  type: string;
  at: Date;
}

/** What a feed brings now, and where it stands then. */
export interface FeedStep {
  deliver: FeedableEvent[];
  position: { xid: string; id: string };
  /** It has brought all that it is for. */
  ended: boolean;
}

/**
 * One step of a feed through events in their order: those that it is for, as long as there is room. It stands behind the
 * last event that it took or passed over, so nothing is left out and nothing comes twice.
 * @param events the next ones of the business, oldest first
 * @param more whether others may follow them
 */
export function planFeed(
  { position, types, from, until }: Feed,
  events: readonly FeedableEvent[],
  room: number,
  more: boolean,
): FeedStep {
  const deliver: FeedableEvent[] = [];
  let passed: FeedableEvent | undefined;
  for (const event of events) {
    const isMeant = types.includes(event.type) && (until === null || (event.at >= from && event.at < until));
    if (isMeant) {
      if (deliver.length >= room) {
        return { deliver, position: passed ?? position, ended: false };
      }
      deliver.push(event);
    }
    passed = event;
  }
  return { deliver, position: passed ?? position, ended: until !== null && !more };
}
