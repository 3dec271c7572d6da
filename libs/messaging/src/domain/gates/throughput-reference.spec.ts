import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sendingFacts } from '../../../../../test/support/builders/facts.js';
import { nextSlot } from '@assent/limits';
import { throughputAt, throughputGate } from './throughput.js';

const BEGIN = Date.parse('2026-11-23T12:00:00.000Z');

/** The earliest slot, in µs: of any so many in a row no more than rate and burst allow. */
function earliestSlot(slots: readonly number[], interval: number, burst: number, now: number): number {
  return slots.reduce(
    (earliest, slot, at) => Math.max(earliest, slot + (slots.length - at + 1 - burst) * interval),
    now * 1_000,
  );
}

it('the gate of throughput lets pass, wait or refuses as a list of slots does, on 10,000 random schedules', () => {
  const asks = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('DEFER', 'REFUSE')), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(
      asks,
      fc.constantFrom(80, 300, 1_000),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 60 }),
      (schedule, perSecond, burst, longestWaitMs) => {
        const throughput = { perSecond, burst, longestWaitMs };
        const interval = Math.ceil(1e6 / perSecond);
        const slots: number[] = [];
        let tat: number | null = null;
        let time = BEGIN;
        for (const [wait, whenLimited] of schedule) {
          time += wait;
          const now = new Date(time);
          const facts = sendingFacts({ now, throughput, throughputTat: tat });
          const objection = throughputGate({ purpose: 'SERVICE', whenLimited: whenLimited }, facts);
          const slot = earliestSlot(slots, interval, burst, time);
          const at = Math.ceil(slot / 1_000);
          const patience = whenLimited === 'DEFER' ? longestWaitMs : 0;
          if (at - time > patience) {
            expect(objection).toMatchObject({ outcome: 'REFUSED', retryAt: new Date(at - patience) });
            continue;
          }
          if (at > time) expect(objection).toMatchObject({ outcome: 'DEFERRED', until: new Date(at) });
          else expect(objection).toBeUndefined();
          slots.push(slot);
          // Through JSON, as through the database.
          tat = JSON.parse(JSON.stringify(nextSlot(throughputAt(facts, now), tat, now).tat)) as number;
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
