import { Refused } from './refused.js';
import { type RollingLimit, takeOne } from './rolling-limit.js';

/** How long a session of an admin is full after a code. */
export const FULL_MS = 12 * 60 * 60_000;
/** How long after a code an admin may do what is dangerous. */
export const FRESH_MS = 5 * 60_000;
/** Wrong codes: in any 15 minutes a guesser has five tries of three codes among a million. */
export const WRONG_LIMIT: RollingLimit = { most: 5, windowMs: 15 * 60_000 };

export type FactorRefused = Refused<'CODE_INVALID' | 'TOO_MANY_ATTEMPTS'>;

/** Decides about a code, and what is kept of wrong ones then. Where too many were wrong the right one is not taken either. */
export function judgeFactor(
  wrong: readonly Date[],
  matches: boolean,
  now: Date,
): { accepted: true } | { accepted: false; refused: FactorRefused; wrong: readonly Date[] } {
  const taken = takeOne(WRONG_LIMIT, wrong, now);
  if ('retryAt' in taken) {
    const message = 'Too many wrong codes were entered. Try again later.';
    return { accepted: false, refused: new Refused('TOO_MANY_ATTEMPTS', message, taken.retryAt), wrong };
  }
  if (matches) return { accepted: true };
  const message = 'The code is wrong, is over, or was used before. Enter the next one that your app shows.';
  return { accepted: false, refused: new Refused('CODE_INVALID', message), wrong: taken.times };
}
