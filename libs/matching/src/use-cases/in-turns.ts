import { setImmediate as turn } from 'node:timers/promises';

/** Some 4 ms of the slowest work that is done in turns here, reading numbers. */
const ITEMS_A_TURN = 250;

/** Maps a long list in parts, and lets the process answer others in between. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += ITEMS_A_TURN) {
    if (at > 0) await turn();
    for (const item of items.slice(at, at + ITEMS_A_TURN)) results.push(map(item));
  }
  return results;
}
