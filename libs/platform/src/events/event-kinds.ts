import type { IdPrefix } from '../ids/ids.js';

/** What stands in the `data` of a payload. */
export type EventData = Record<string, string | number | boolean | null | readonly string[]>;

/** What a kind of events makes its payload of: the event as it is stored. */
export interface EventFacts {
  contactId: string | null;
  messageId: string | null;
  data: Record<string, unknown>;
  /** The handle of an id, as the business knows it. */
  handle: (prefix: IdPrefix, id: string) => string;
}

/** One kind of what happens to a business: its documentation and its payload. */
export interface EventKind<Data extends EventData = EventData> {
  /** When it happens, in a sentence. */
  description: string;
  /** What each field of `data` says. */
  fields: Record<keyof Data, string>;
  /** For the page that documents events. */
  example: Data;
  /** Business-visible handles only: never a number, never the text of a message. */
  toData: (facts: EventFacts) => Data;
  /** False: nobody subscribes to it, it comes when it was asked for. */
  subscribable?: boolean;
}

const kinds = new Map<string, EventKind>();

/**
 * Makes a kind of events known: to webhooks, to `events`, and to docs/events.md. Once for each, in a file of its own that
 * the library's module imports; the library writes them by `appendEvents`.
 */
export function eventKind<Data extends EventData>(type: string, kind: EventKind<Data>): void {
  if (kinds.has(type)) throw new Error(`The kind ${type} of events is there twice`);
  kinds.set(type, kind);
}

/** The kinds of events that this process knows, by their type. */
export function eventKinds(): ReadonlyMap<string, EventKind> {
  return kinds;
}
