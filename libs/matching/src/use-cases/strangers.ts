import { bytesToUuid } from '@assent/platform';
import type { LookedFor } from '../persistence/contact.store.js';

/** In larger calls the cost of one person more or less is lost in the rest. */
const ENOUGH = 64;

/**
 * Places where nobody is, made from the numbers that were asked for. They fill up the people whose consent is read, so
 * that a small call reads as often whether its numbers are on the platform or not, and takes as long.
 */
export function strangers(asked: readonly LookedFor[], found: number): { lane: number; personId: string }[] {
  return asked.slice(found, Math.min(asked.length, ENOUGH)).flatMap(({ indexes: [newest] }) => {
    return newest ? [{ lane: newest.bucket, personId: bytesToUuid(newest.index.subarray(0, 16)) }] : [];
  });
}
