import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failedBefore, judgeSample, pacedUntil, sampleOfVersion, takeSample } from './sample.js';

const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The simplest thing that is right: a list of what was taken, and from when on it may be visible. */
class ListOfTimes {
  private version = '';
  private taken: { at: number; goesAt: number }[] = [];
  private over = false;

  constructor(
    private readonly size: number,
    private readonly holdMs: number,
  ) {}

  /** Until when a message waits; null: it goes. */
  send(version: string, now: number, goesAt: number): number | null {
    if (version !== this.version) this.begin(version);
    if (this.over) return null;
    if (this.taken.length < this.size) {
      this.taken.push({ at: now, goesAt: Math.min(goesAt, now + DAY) });
      return null;
    }
    if (now < this.heldUntil()) return this.heldUntil();
    this.over = true;
    return null;
  }

  /** Whether reactions can still decide. */
  isOpen(now: number): boolean {
    return !this.over && this.taken.length >= this.size && now < this.heldUntil();
  }

  pass(): void {
    this.over = true;
  }

  fail(): void {
    this.begin(this.version);
  }

  private begin(version: string): void {
    this.version = version;
    this.taken = [];
    this.over = false;
  }

  private heldUntil(): number {
    const began = this.taken[0]?.at ?? NaN;
    const out = this.taken.reduce((sum, { goesAt }) => sum + goesAt - began, 0);
    return began + Math.ceil(out / this.taken.length) + this.holdMs;
  }
}

/** The row of a template, as the statements of sending and of reactions keep it. */
interface Row {
  versionId: string;
  beganAt: string;
  used: number;
  outMs: number;
  passedAt: string | null;
  failedAt: string | null;
}

const date = (time: string | null) => (time === null ? null : new Date(time));

const processClock = Date.now;
beforeEach(() => {
  let calls = 0;
  Date.now = () => (calls++ % 2 ? 0 : 9e12);
});
afterEach(() => {
  Date.now = processClock;
});

it('the sample of a template is a list of times, on 10,000 random schedules, wherever the clock of the process is and through restarts', () => {
  const step = fc.record({
    wait: fc.oneof(fc.constantFrom(1, HOUR - 1, HOUR), fc.integer({ min: 1, max: 30 * 60_000 })),
    does: fc.constantFrom('SEND', 'SEND', 'SEND', 'SEND', 'SEND', 'PASS', 'FAIL'),
    version: fc.constantFrom('v', 'v', 'v', 'v', 'v', 'v', 'v', 'w'),
    deferredMs: fc.constantFrom(0, 0, 0, 7_001, 9 * HOUR, 40 * DAY),
  });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(60_000, HOUR),
      (steps, size, holdMs) => {
        const reference = new ListOfTimes(size, holdMs);
        let row: Row | null = null;
        let waiting: { since: number; until: number }[] = [];
        let now = BEGIN;
        for (const { wait, does, version, deferredMs } of steps) {
          now += wait;
          const at = new Date(now);
          // As through the database, and as if the process were another one each time.
          const kept = JSON.parse(JSON.stringify(row)) as Row | null;
          const time = at.toISOString();
          if (does === 'SEND') {
            const last = kept && {
              ...kept,
              beganAt: new Date(kept.beganAt),
              passedAt: date(kept.passedAt),
              failedAt: date(kept.failedAt),
            };
            const sample = sampleOfVersion(version, last);
            const until = judgeSample(sample, { size, holdMs }, at)?.getTime() ?? null;
            const right = reference.send(version, now, now + deferredMs);
            if (until !== right) expect({ until, steps }).toEqual({ until: right, steps });
            if (until !== null) waiting.push({ since: now, until });
            const isOver = sample.passedAt !== null;
            if (until !== null || isOver) continue;
            takeSample(sample, size, { now: at, goesAt: new Date(now + deferredMs) });
            const { beganAt, passedAt, ...counted } = sample;
            row = {
              ...counted,
              beganAt: (beganAt ?? at).toISOString(),
              passedAt: passedAt?.toISOString() ?? kept?.passedAt ?? null,
              failedAt: kept?.failedAt ?? null,
            };
          } else if (kept && reference.isOpen(now)) {
            row = does === 'PASS' ? { ...kept, passedAt: time } : { ...kept, failedAt: time };
            const behind = waiting.filter(({ until }) => now < until);
            for (const { since, until } of behind) {
              const settled = { passedAt: date(row.passedAt), failedAt: date(row.failedAt) };
              const paced = { since: new Date(since), until: new Date(until), ...settled };
              expect(does === 'FAIL' ? failedBefore(paced) : pacedUntil(paced, at) === null).toBe(true);
            }
            waiting = [];
            if (does === 'PASS') reference.pass();
            else reference.fail();
          }
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
