import { giveWay } from './right-of-way.js';

/** How long a list has the process to itself at a time, in ms: a stop waits for a turn at each of its round trips. */
const TURN_MS = 2;
/** How long a list waits altogether for those who have the right of way, in ms: as long as two idle stops take. */
const PATIENCE_MS = 20;

/** Maps a long list in parts, and lets the process answer others in between: people first. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, at: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let patience = PATIENCE_MS;
  let until = performance.now() + TURN_MS;
  for (const [at, item] of items.entries()) {
    if (performance.now() >= until) {
      patience -= await giveWay(patience);
      until = performance.now() + TURN_MS;
    }
    results.push(map(item, at));
  }
  return results;
}
