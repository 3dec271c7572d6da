import { describe, expect, it } from '@jest/globals';
import { contactFacts, hours, sendingFacts } from '../../../../../test/support/builders/facts.js';
import type { MessagePurpose } from '../message.js';
import { interruptionGate } from './interruptions.js';

const draft = (purpose: MessagePurpose, whenLimited: 'DEFER' | 'REFUSE' = 'DEFER') => ({
  purpose,
  whenLimited,
});

describe('gate of interruptions', () => {
  const facts = sendingFacts({
    contact: contactFacts({ wants: { interruptionCap: 2 }, interruptedAt: [hours(-1), hours(-20)] }),
  });

  it('defers everything but AUTHENTICATION until the oldest is a day old, or refuses, as the sender chose', () => {
    const until = { outcome: 'DEFERRED', reason: 'INTERRUPTION_BUDGET', until: hours(4) };
    expect(interruptionGate(draft('SERVICE'), facts)).toEqual(until);
    expect(interruptionGate(draft('MARKETING'), facts)).toEqual(until);
    expect(interruptionGate(draft('AUTHENTICATION'), facts)).toBeUndefined();
    expect(interruptionGate(draft('SERVICE', 'REFUSE'), facts)).toEqual({
      outcome: 'REFUSED',
      reason: 'INTERRUPTION_BUDGET',
      retryAt: hours(4),
    });
    expect(interruptionGate(draft('SERVICE'), { ...facts, now: hours(4) })).toBeUndefined();
  });

  it('is none where the person has no such wish', () => {
    expect(interruptionGate(draft('SERVICE'), sendingFacts())).toBeUndefined();
  });
});
