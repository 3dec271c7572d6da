import { setImmediate as turn } from 'node:timers/promises';

/** Some 2 ms of the slowest work that is done in turns, writing and sealing messages. */
const ITEMS_A_TURN = 100;

/**
 * Maps a long list in parts, and lets the process answer others in between: a stop is a handful of round trips, and each of
 * them would wait for a whole batch of somebody's messages.
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, at: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [at, item] of items.entries()) {
    if (at > 0 && at % ITEMS_A_TURN === 0) await turn();
    results.push(map(item, at));
  }
  return results;
}
