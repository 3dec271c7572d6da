import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inTurns } from './in-turns.js';
import { takeRightOfWay } from './right-of-way.js';

/** Keeps the process busy for so many milliseconds. */
function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
const work = () => {
  busy(1);
};

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

  describe('beside others', () => {
    const ended: string[] = [];
    /** Of items that take a tenth of a millisecond: five times what they are thought to take. */
    const aList = (name: string, length: number, how?: { held: boolean }) =>
      inTurns(Array.from({ length }), () => busy(0.1), how).then(() => void ended.push(name));
    beforeEach(() => {
      ended.length = 0;
    });

    it('ends before one as long that came later', async () => {
      await Promise.all([aList('first', 200), aList('second', 200)]);
      expect(ended).toEqual(['first', 'second']);
    });

    it('lets a short one pass', async () => {
      await Promise.all([aList('long', 5_000), aList('short', 100)]);
      expect(ended).toEqual(['short', 'long']);
    });

    it('is not passed by short ones for ever', async () => {
      const long = aList('long', 500);
      while (!ended.includes('long') && ended.length < 100) await aList('short', 50);
      expect(ended.length).toBeLessThan(100);
      await long;
    });

    it('lets one pass that is under locks', async () => {
      await Promise.all([aList('free', 100), aList('held', 1_000, { held: true })]);
      expect(ended).toEqual(['held', 'free']);
    });

    it('lets others go on where it fails', async () => {
      const failing = inTurns(Array.from({ length: 100 }), (_, at) => {
        busy(0.1);
        if (at === 50) throw new Error('No');
      });
      const other = aList('other', 200);
      await expect(failing).rejects.toThrow('No');
      await other;
      expect(ended).toEqual(['other']);
    });
  });

  it('does not wait for ever where there is always somebody', async () => {
    endWay = takeRightOfWay();
    const mapped = await inTurns(Array.from({ length: 50 }), work);
    expect(mapped).toHaveLength(50);
  });
});
