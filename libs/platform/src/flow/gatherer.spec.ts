import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Gatherer } from './gatherer.js';

/** Batches that end when the test says so. */
function held() {
  const batches: { items: number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const work = (items: number[]) =>
    new Promise<number[]>((resolve, reject) => {
      batches.push({ items, end: () => resolve(items.map((item) => item * 10)), fail: reject });
    });
  return { batches, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a gatherer', () => {
  it('lets what arrives in one turn go together, without waiting for more', async () => {
    const { batches, work } = held();
    const gatherer = new Gatherer(work, { batch: 10, parallel: 1 });
    const answers = Promise.all([gatherer.add(1), gatherer.add(2), gatherer.add(3)]);
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[1, 2, 3]]);
    batches[0]?.end();
    expect(await answers).toEqual([10, 20, 30]);
  });

  it('gathers what arrives while all batches are under way', async () => {
    const { batches, work } = held();
    const gatherer = new Gatherer(work, { batch: 10, parallel: 1 });
    const first = gatherer.add(1);
    await turn();
    const others = [gatherer.add(2), gatherer.add(3)];
    await turn();
    expect(batches).toHaveLength(1);
    batches[0]?.end();
    await first;
    await turn();
    expect(batches[1]?.items).toEqual([2, 3]);
    batches[1]?.end();
    expect(await Promise.all(others)).toEqual([20, 30]);
  });

  it('keeps to its limits of items in a batch and batches at a time', async () => {
    const { batches, work } = held();
    const gatherer = new Gatherer(work, { batch: 2, parallel: 2 });
    const answers = [1, 2, 3, 4, 5].map((item) => gatherer.add(item));
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    batches[1]?.end();
    await answers[3];
    await turn();
    expect(batches[2]?.items).toEqual([5]);
    batches[0]?.end();
    batches[2]?.end();
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
  });

  it('counts items for what they weigh, and lets one that weighs too much go alone', async () => {
    const { batches, work } = held();
    const gatherer = new Gatherer(work, { batch: 10, parallel: 9, weigh: (item) => item });
    for (const item of [4, 6, 1, 12, 10, 2]) void gatherer.add(item);
    await turn();
    expect(batches.map(({ items }) => items)).toEqual([[4, 6], [1], [12], [10], [2]]);
  });

  it('tells every item of a failed batch, and goes on with the next', async () => {
    const { batches, work } = held();
    const gatherer = new Gatherer(work, { batch: 2, parallel: 1 });
    const answers = Promise.allSettled([1, 2, 3].map((item) => gatherer.add(item)));
    await turn();
    batches[0]?.fail(new Error('no'));
    await turn();
    await turn();
    batches[1]?.end();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('does not take too few or too many results for an answer', async () => {
    const gatherer = new Gatherer<number, number>(() => Promise.resolve([1]), { batch: 2, parallel: 1 });
    const answers = await Promise.allSettled([gatherer.add(1), gatherer.add(2)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('survives work that throws before it promises anything', async () => {
    let calls = 0;
    const work = (items: number[]) => {
      if (++calls === 1) throw new Error('no');
      return Promise.resolve(items);
    };
    const gatherer = new Gatherer(work, { batch: 1, parallel: 1 });
    await expect(gatherer.add(1)).rejects.toThrow('no');
    expect(await gatherer.add(2)).toBe(2);
  });

  it('gives every item its own result, however they arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (pauses, batch, parallel, heaviest) => {
          const weigh = (item: number) => 1 + (item % heaviest);
          let running = 0;
          const work = async (items: number[]) => {
            const weight = items.reduce((sum, item) => sum + weigh(item), 0);
            expect(items.length === 1 || weight <= batch).toBe(true);
            expect(++running).toBeLessThanOrEqual(parallel);
            await turn();
            running--;
            return items.map((item) => item * 10);
          };
          const gatherer = new Gatherer(work, { batch, parallel, weigh });
          const answers: Promise<number>[] = [];
          for (const [item, pause] of pauses.entries()) {
            answers.push(gatherer.add(item));
            if (pause) await turn();
          }
          expect(await Promise.all(answers)).toEqual(pauses.map((_, item) => item * 10));
        },
      ),
      { numRuns: 50 },
    );
  });
});
