import { describe, expect, it } from '@jest/globals';
import { hours, NOW, sendingFacts, STANDS } from '../../../../../test/support/builders/facts.js';
import type { Draft, SendingFacts } from '../facts.js';
import { pacedGate, pacingGate, spendSample } from './pacing.js';

const HOUR = 3_600_000;
const sampleOf = (used: number) => ({
  versionId: 'v',
  beganAt: used > 0 ? NOW : null,
  used,
  outMs: 0,
  passedAt: null,
});
const draft = (used: number, changes: Partial<Draft> = {}): Draft => ({
  purpose: 'SERVICE',
  whenLimited: 'DEFER',
  template: { ...STANDS, sample: sampleOf(used) },
  ...changes,
});
const facts = (changes: Partial<SendingFacts> = {}) =>
  sendingFacts({ pacing: { size: 2, holdMs: HOUR }, ...changes });
const withLimit = (value: number, endsAt: Date) =>
  facts({ business: { status: 'VERIFIED', overrides: { TEMPLATE_SAMPLE: { value, endsAt } } } });

describe('pacing of a new version', () => {
  it('lets its sample go, and has the rest wait', () => {
    const message = draft(0);
    for (const until of [null, null, hours(1)]) {
      expect(pacingGate(message, facts())).toEqual(
        until ? { outcome: 'DEFERRED', reason: 'TEMPLATE_PACING', until } : undefined,
      );
      expect(spendSample(message, facts(), NOW).pacedUntil).toEqual(until);
    }
    expect(pacingGate(message, facts({ now: hours(1) }))).toBeUndefined();
  });

  it('refuses what is not to wait', () => {
    const message = draft(2, { whenLimited: 'REFUSE' });
    expect(pacingGate(message, facts())).toMatchObject({ outcome: 'REFUSED', retryAt: hours(1) });
    expect(pacingGate(message, facts({ now: hours(1) }))).toBeUndefined();
  });

  it('goes by the size that an admin has set, and by its end', () => {
    expect(pacingGate(draft(2), withLimit(3, hours(5)))).toBeUndefined();
    expect(pacingGate(draft(1), withLimit(1, hours(5)))).toMatchObject({ until: hours(1) });
    expect(pacingGate(draft(1, { whenLimited: 'REFUSE' }), withLimit(1, hours(0.5)))).toMatchObject({
      retryAt: hours(0.5),
    });
  });

  it('is not for codes, free words, and what is only tested', () => {
    expect(pacingGate(draft(2, { purpose: 'AUTHENTICATION' }), facts())).toBeUndefined();
    expect(pacingGate(draft(2, { template: null }), facts())).toBeUndefined();
    const tested = facts({ business: { status: 'VERIFIED', overrides: {}, isSandbox: true } });
    expect(pacingGate(draft(2), tested)).toBeUndefined();
    expect(spendSample(draft(0), tested, NOW)).toEqual({ pacedUntil: null, sample: null });
  });

  it('has what came behind the sample wait, go, or end', () => {
    const paced = { since: NOW, until: hours(2), passedAt: null, failedAt: null };
    const now = hours(1);
    const waiting = (changes: object) => draft(2, { paced: { ...paced, ...changes } });
    expect(pacedGate(waiting({}), facts({ now }))).toMatchObject({ outcome: 'DEFERRED', until: hours(2) });
    expect(pacedGate(waiting({ passedAt: now }), facts({ now }))).toBeUndefined();
    expect(pacedGate(waiting({ failedAt: now }), facts({ now }))).toMatchObject({
      outcome: 'REFUSED',
      reason: 'TEMPLATE_SAMPLE_FAILED',
    });
    expect(pacedGate(draft(2), facts({ now }))).toBeUndefined();
  });
});
