import { describe, expect, it } from '@jest/globals';
import type { ConsentFacts } from '@assent/consent';
import { type BroughtOptIn, planImport } from './import-plan.js';

const now = new Date('2026-06-01T00:00:00Z');
const rule = { basis: 'OPT_IN', validDays: null, evidence: ['WEB_FORM'], quietHours: null } as const;
const policy = {
  version: 1,
  rules: {
    AUTHENTICATION: rule,
    SERVICE: rule,
    MARKETING: rule,
    MATCHING: rule,
    ADS: rule,
    ANALYTICS: rule,
  },
};
const ada = new Map<string, ConsentFacts>([['ada', { said: [], policy, now }]]);
const optIn = (keyHash: string, changes: Partial<BroughtOptIn> = {}): BroughtOptIn => ({
  keyHash,
  bodyHash: `body of ${keyHash}`,
  personId: 'ada',
  purpose: 'MARKETING',
  evidence: { kind: 'WEB_FORM', at: now, wordingHash: null, reference: null },
  ...changes,
});
const answers = (...args: Parameters<typeof planImport>) =>
  planImport(...args).map(({ answer, replayed, first }) =>
    [answer, replayed && 'replayed', first && 'first'].filter(Boolean).join(' '),
  );

describe('planImport', () => {
  it('decides each as if those before it were done', () => {
    expect(answers([optIn('a'), optIn('b'), optIn('c', { purpose: 'ADS' })], ada, new Map())).toEqual([
      'IMPORTED first',
      'ALREADY first',
      'IMPORTED first',
    ]);
  });

  it('answers a correlation id as before, in this call and from earlier ones, and calls another body a conflict', () => {
    const earlier = new Map([['b', { bodyHash: 'body of b', answer: 'EVIDENCE_NOT_ACCEPTED' as const }]]);
    const other = { bodyHash: 'another' };
    expect(
      answers([optIn('a'), optIn('a'), optIn('a', other), optIn('b'), optIn('b', other)], ada, earlier),
    ).toEqual([
      'IMPORTED first',
      'IMPORTED replayed',
      'CORRELATION_CONFLICT',
      'EVIDENCE_NOT_ACCEPTED replayed',
      'CORRELATION_CONFLICT',
    ]);
  });

  it('answers alike for who never was and for who is no more', () => {
    const gone = [optIn('a', { personId: undefined }), optIn('b', { personId: 'erased' })];
    expect(answers(gone, ada, new Map())).toEqual(['CONTACT_UNKNOWN first', 'CONTACT_UNKNOWN first']);
  });
});
