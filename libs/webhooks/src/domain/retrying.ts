import type { Answer } from './attempt.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Waits after the first, second, third … failed attempt (Standard Webhooks); the last one repeats. */
const WAITS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, DAY];
/** After so long a delivery is given up. */
export const GIVE_UP_MS = 7 * DAY;
/** An endpoint at which nothing was taken for so long is disabled. */
export const DISABLE_MS = 5 * DAY;
/** Waits are spread by a tenth either way, so that what failed together does not come back together. */
const SPREAD = 0.1;
/** Longest wait that a receiver can ask for. */
const LONGEST_RETRY_AFTER_MS = DAY;

/** With so many failures in a row, over so long, an endpoint counts as down, and is asked with one event at a time. */
export const DOWN_FAILURES = 5;
const DOWN_AFTER_MS = MINUTE;
const SHORTEST_PAUSE_MS = 30 * SECOND;
const LONGEST_PAUSE_MS = HOUR;
/** An endpoint that takes longer to answer does not share in the room of those that are quick. */
const SLOW_MS = 2 * SECOND;

/** How an endpoint has been doing. */
export interface Health {
  failures: number;
  failingSince: Date | null;
  /** Until then it is left alone. */
  resumeAt: Date | null;
  slow: boolean;
}

/** A delivery that was attempted. */
export interface Attempted {
  /** How many times by now. */
  attempts: number;
  beganAt: Date;
  /** It is a test: not tried again. */
  once: boolean;
}

/**
 * When a delivery that failed is tried again; undefined where it is given up: a test, or after 7 days.
 * @param random from 0 to 1
 */
export function retryAt(
  { attempts, beganAt, once }: Attempted,
  { retryAfterMs }: Answer,
  now: Date,
  random: number,
): Date | undefined {
  const wait = WAITS[Math.min(attempts, WAITS.length) - 1] ?? DAY;
  const spread = wait * (1 - SPREAD + 2 * SPREAD * random);
  const at = now.getTime() + Math.max(spread, Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS));
  return once || at > beganAt.getTime() + GIVE_UP_MS ? undefined : new Date(at);
}

/** How an endpoint is after one more attempt. */
export function healthAfter(
  before: Health,
  { failure, durationMs, retryAfterMs, statusCode }: Answer,
  now: Date,
): Health {
  if (failure === null) {
    return { failures: 0, failingSince: null, resumeAt: null, slow: durationMs > SLOW_MS };
  }
  const failures = before.failures + 1;
  const failingSince = before.failingSince ?? now;
  const elapsed = now.getTime() - failingSince.getTime();
  const isBusy = statusCode === 429 || statusCode === 503;
  const pauses = [
    isBusy && retryAfterMs !== null ? Math.min(retryAfterMs, LONGEST_PAUSE_MS) : 0,
    // Asked again after a quarter of the time that it has been down.
    failures >= DOWN_FAILURES && elapsed >= DOWN_AFTER_MS
      ? Math.min(Math.max(elapsed / 4, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS)
      : 0,
  ];
  const pause = Math.max(...pauses);
  return {
    failures,
    failingSince,
    resumeAt: pause > 0 ? new Date(now.getTime() + pause) : null,
    slow: before.slow || durationMs > SLOW_MS,
  };
}

/** Whether an endpoint is to be disabled: nothing was taken there for five days, and something failed just now. */
export function isLost({ failingSince }: Health, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() >= DISABLE_MS;
}
