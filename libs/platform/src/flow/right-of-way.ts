import { setImmediate as turn } from 'node:timers/promises';

let under = 0;
const waiting = new Set<() => void>();

/**
 * Somebody waits for an answer that is a matter of a few round trips, such as a stop: until the returned function is
 * called, long work of this process gives way to it.
 */
export function takeRightOfWay(): () => void {
  let ended = false;
  under += 1;
  return () => {
    if (ended) return;
    ended = true;
    under -= 1;
    if (under === 0) for (const go of waiting) go();
  };
}

/**
 * Lets the process do something else, and waits while somebody has the right of way, but no longer than `mostMs`: there
 * may always be somebody. @returns the milliseconds waited for that
 */
export async function giveWay(mostMs: number): Promise<number> {
  await turn();
  if (under === 0 || mostMs <= 0) return 0;
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const go = () => {
      clearTimeout(timer);
      waiting.delete(go);
      resolve();
    };
    const timer = setTimeout(go, mostMs);
    waiting.add(go);
  });
  return performance.now() - began;
}
