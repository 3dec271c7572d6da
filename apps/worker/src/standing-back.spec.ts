import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Hints } from '@assent/platform';
import { pino } from 'pino';
import type { Loops } from './loops.js';
import { StandingBack, STANDS_BACK_MS } from './standing-back.js';

const log = pino({ level: 'silent' });

describe('what stands back', () => {
  let hints: Hints;
  let ending: AbortController;
  /** How long it was told to pause, each time. */
  let pauses: number[];
  /** What happens during a pause; time passes in it as it passes. */
  let meanwhile: () => void;
  let loops: Pick<Loops, 'pause' | 'signal'>;

  beforeEach(() => {
    hints = new Hints(undefined, log);
    ending = new AbortController();
    pauses = [];
    meanwhile = () => undefined;
    loops = {
      signal: ending.signal,
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        meanwhile();
        await new Promise((resolve) => setTimeout(resolve, ending.signal.aborted ? 0 : milliseconds));
      },
    };
  });
  afterEach(() => hints.stop());

  it('goes on at once where nobody has stopped anything', async () => {
    await new StandingBack(hints, loops, 2).whileStopping();
    expect(pauses).toEqual([]);
  });

  it('waits behind a stop, and then goes on', async () => {
    const back = new StandingBack(hints, loops, 2);
    hints.send(['stops']);
    const began = performance.now();
    await back.whileStopping();
    expect(performance.now() - began).toBeGreaterThanOrEqual(STANDS_BACK_MS - 5);
    await back.whileStopping();
    expect(pauses[0]).toBeGreaterThan(STANDS_BACK_MS - 50);
  });

  it('waits as long again behind a stop that comes meanwhile', async () => {
    const back = new StandingBack(hints, loops, 1);
    meanwhile = () => {
      if (pauses.length === 1)
        setTimeout(() => {
          hints.send(['stops']);
        }, STANDS_BACK_MS / 2);
    };
    hints.send(['stops']);
    const began = performance.now();
    await back.whileStopping();
    expect(performance.now() - began).toBeGreaterThanOrEqual(1.5 * STANDS_BACK_MS - 5);
  });

  it('does not wait for other hints', async () => {
    const back = new StandingBack(hints, loops, 2);
    hints.send(['queue', 'consent-log']);
    await back.whileStopping();
    expect(pauses).toEqual([]);
  });

  it('does not wait where a stop finds a processor', async () => {
    const back = new StandingBack(hints, loops, 3);
    hints.send(['stops']);
    await back.whileStopping();
    expect(pauses).toEqual([]);
  });

  it('ends where the worker is to end', async () => {
    const back = new StandingBack(hints, loops, 2);
    meanwhile = () => {
      ending.abort();
    };
    hints.send(['stops']);
    await back.whileStopping();
    expect(pauses).toHaveLength(1);
  });
});
