import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedContacts } from './changed-contacts.js';
import { MessagePurpose } from './message.js';

const at = new Date('2026-11-29T12:00:00.000Z');
const PURPOSES = Object.values(MessagePurpose);
const later = fc.option(
  fc.integer({ min: 1, max: 9 }).map((ms) => new Date(at.getTime() + ms)),
  { nil: null },
);
const message = fc.record({
  contact: fc.constantFrom('a', 'b', 'c'),
  takesPlace: fc.boolean(),
  seq: fc.integer({ min: 1, max: 99 }),
  notBefore: later,
  sendAt: later,
  purpose: fc.constantFrom(...PURPOSES),
});

describe('what a batch leaves of its contacts', () => {
  it('is what all of their messages say together', () => {
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const contacts = [...new Set(messages.map(({ contact }) => contact))];
        const expected = contacts.map((contact) => {
          const own = messages.filter((one) => one.contact === contact);
          const unscheduled = own.filter(({ sendAt }) => sendAt === null);
          const ranked = (unscheduled.length > 0 ? unscheduled : own).map(({ purpose }) => purpose);
          return {
            contact,
            takesPlace: own.some(({ takesPlace }) => takesPlace),
            nextSeq: Math.min(...own.map(({ seq }) => seq)),
            dueAt: new Date(
              Math.min(...own.map(({ notBefore, sendAt }) => (notBefore ?? sendAt ?? at).getTime())),
            ),
            priority: PURPOSES.find((purpose) => ranked.includes(purpose)),
          };
        });
        expect(changedContacts(at, messages)).toMatchObject(expected);
      }),
    );
  });
});
