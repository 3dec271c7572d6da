import { setTimeout as wait } from 'node:timers/promises';
import type { Hints, Topic } from './hints.js';

const POLL_MS = 2_000;
const SETTLE_MS = 20;

/** What a feed has after a cursor. */
export interface Page<Item, Cursor> {
  items: Item[];
  /** Where to go on from; the cursor that was given, where there is nothing new. */
  cursor: Cursor;
  /** There is something that can not be read yet: it is looked for again in 20 ms. */
  settling?: boolean;
}

/**
 * Follows a stored feed from a cursor: reads what is there, then waits for a hint, and polls every 2 s in case the
 * hint was lost. Nothing is kept in memory but the cursor, so a follower can come back with it to any process.
 */
export async function* follow<Item, Cursor>(
  hints: Hints,
  topic: Topic,
  from: Cursor,
  read: (after: Cursor) => Promise<Page<Item, Cursor>>,
): AsyncGenerator<Item, void, undefined> {
  const ended = new AbortController();
  let cursor = from;
  try {
    while (!hints.closed) {
      // Listening begins before reading: what commits in between still wakes this follower.
      const woken = hints.next(topic, POLL_MS, ended.signal);
      const page = await read(cursor);
      cursor = page.cursor;
      yield* page.items;
      if (page.settling) await wait(SETTLE_MS);
      else if (page.items.length === 0) await woken;
    }
  } finally {
    ended.abort();
  }
}

/** The same stream with each item converted. */
export async function* mapEach<Item, Result>(
  items: AsyncIterable<Item>,
  convert: (item: Item) => Result,
): AsyncGenerator<Result, void, undefined> {
  for await (const item of items) yield convert(item);
}
