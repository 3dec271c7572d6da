import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { inTurns } from './in-turns.js';
import { takeRightOfWay } from './right-of-way.js';

/** Keeps the process busy for a millisecond. */
function work(): void {
  const until = performance.now() + 1;
  while (performance.now() < until);
}

describe('a long list', () => {
  let endWay = () => {};
  afterEach(() => endWay());

  it('is mapped in order, and lets others have their turn', async () => {
    let turns = 0;
    const ended = new AbortController();
    const others = (async () => {
      for (; !ended.signal.aborted; turns++) await turn();
    })();
    const items = Array.from({ length: 20 }, (_, nr) => nr);
    const mapped = await inTurns(items, (item, at) => {
      work();
      return [item, at];
    });
    ended.abort();
    await others;
    expect(mapped).toEqual(items.map((item) => [item, item]));
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('gives way to somebody who waits for a few round trips, until they are answered', async () => {
    endWay = takeRightOfWay();
    let done = 0;
    const list = inTurns(Array.from({ length: 20 }), () => {
      work();
      done += 1;
    });
    const before = done;
    for (let nr = 0; nr < 5; nr++) await turn();
    expect(before).toBeLessThan(20);
    expect(done).toBe(before);
    endWay();
    endWay(); // twice is once
    await list;
    expect(done).toBe(20);
  });

  it('does not wait for ever where there is always somebody', async () => {
    endWay = takeRightOfWay();
    const mapped = await inTurns(Array.from({ length: 50 }), work);
    expect(mapped).toHaveLength(50);
  });
});
