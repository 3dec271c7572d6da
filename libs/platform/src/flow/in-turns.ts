import { giveWay } from './right-of-way.js';

/** How long a list has the process to itself at a time, in ms: a stop waits for a turn at each of its round trips. */
const TURN_MS = 2;
/** How long a list waits altogether for those who have the right of way, in ms: as long as two idle stops take. */
const PATIENCE_MS = 20;
/** What an item takes, in ms, roughly: a message 0.05, a number 0.01. */
const ITEM_MS = 0.02;

/** A list that is not done after its first turn. */
interface Place {
  /** When the list would be done if there were no other, on the clock of `performance.now()`. */
  due: number;
  goOn: () => void;
}

/** The first one is due first, and the only one that goes on. */
const underWay: Place[] = [];

/**
 * Maps a long list in parts, and lets the process answer others in between: people first. Of several lists the one that is due first
 * goes on, and the others wait: two long ones that take turns would both end when the second could, but a short one passes a long one.
 *
 * @param held the list is mapped in the middle of a transaction, whose locks others may wait for: it goes before all that are not
 */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, at: number) => Result,
  { held = false } = {},
): Promise<Result[]> {
  const results: Result[] = [];
  const began = performance.now();
  const place: Place = { due: held ? -Infinity : began + items.length * ITEM_MS, goOn: () => undefined };
  let patience = PATIENCE_MS;
  let until = began + TURN_MS;
  try {
    for (const [at, item] of items.entries()) {
      if (performance.now() >= until) {
        join(place);
        patience -= await giveWay(patience);
        await turnOf(place);
        until = performance.now() + TURN_MS;
      }
      results.push(map(item, at));
    }
    return results;
  } finally {
    leave(place);
  }
}

function join(place: Place): void {
  if (underWay.includes(place)) return;
  const behind = underWay.findIndex(({ due }) => due > place.due);
  underWay.splice(behind < 0 ? underWay.length : behind, 0, place);
}

async function turnOf(place: Place): Promise<void> {
  while (underWay[0] !== place) await new Promise<void>((resolve) => (place.goOn = resolve));
}

function leave(place: Place): void {
  const at = underWay.indexOf(place);
  if (at < 0) return;
  underWay.splice(at, 1);
  underWay[0]?.goOn();
}
