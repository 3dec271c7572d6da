const AFTER_FAILURES = 3;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Whether a carrier is worth trying. After three failures in a row it is left alone for 1 s, 2 s, 4 s … up to a minute, and
 * then tried with one at a time until it takes something. So what waits for a dead carrier uses up none of its tries.
 */
export class Breaker {
  private failures = 0;
  private resumeAt = 0;

  /** How many of `room` to give it. @param now in milliseconds of any clock that never goes back */
  room(room: number, now: number): number {
    if (now < this.resumeAt) return 0;
    return this.failures >= AFTER_FAILURES ? Math.min(room, 1) : room;
  }

  /** It took something, or refused it in good order. */
  worked(): void {
    this.failures = 0;
    this.resumeAt = 0;
  }

  /** It failed. @param retryAfterMs for how long it asked to be left alone */
  failed(now: number, retryAfterMs: number | null = null): void {
    this.failures += 1;
    const doublings = Math.max(0, this.failures - AFTER_FAILURES);
    const pause =
      this.failures >= AFTER_FAILURES ? Math.min(SHORTEST_PAUSE_MS * 2 ** doublings, LONGEST_PAUSE_MS) : 0;
    const asked = Math.min(retryAfterMs ?? 0, LONGEST_PAUSE_MS);
    this.resumeAt = Math.max(this.resumeAt, now + Math.max(pause, asked));
  }
}
