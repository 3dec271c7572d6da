import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConsentFact } from './consent-fact.js';
import { decideImport, type ImportedOptIn, ImportPurpose } from './decide-import.js';
import { ImportEvidence } from './evidence.js';
import { judgeConsent } from './judge-consent.js';
import type { CountryPolicy, PurposeRule } from './policy.js';
import { PURPOSES } from './purpose.js';

const SHOP = 'shop';
const DAY_MS = 86_400_000;
const now = new Date('2026-06-01T00:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);

const policyOf = (changes: Partial<PurposeRule> = {}): CountryPolicy => {
  const rule = {
    basis: 'OPT_IN' as const,
    validDays: null,
    evidence: ['WEB_FORM' as const],
    quietHours: null,
    ...changes,
  };
  return { version: 1, rules: Object.fromEntries(PURPOSES.map((purpose) => [purpose, rule])) as never };
};
const optIn = (days: number, changes: Partial<ImportedOptIn> = {}): ImportedOptIn => ({
  purpose: 'MARKETING',
  evidence: { kind: 'WEB_FORM', at: ago(days), wordingHash: null, reference: null },
  ...changes,
});
const fact = (changes: Partial<ConsentFact>): ConsentFact => ({
  businessId: SHOP,
  subject: 'MARKETING',
  standing: 'ALLOWED',
  since: ago(10),
  ...changes,
});
const decide = (days: number, said: ConsentFact[], changes: Partial<PurposeRule> = {}) =>
  decideImport(optIn(days), { said, policy: policyOf(changes), now });

describe('decideImport', () => {
  it('imports what nothing speaks against', () => {
    expect(decide(5, [])).toBe('IMPORTED');
    expect(decide(5, [], { basis: 'OPT_OUT' })).toBe('IMPORTED');
    expect(decide(5, [fact({ subject: 'ADS', standing: 'STOPPED' })])).toBe('IMPORTED');
  });

  it('leaves an opt-in that stands, and follows one that expired', () => {
    expect(decide(5, [fact({})])).toBe('ALREADY');
    expect(decide(5, [fact({ businessId: null })])).toBe('ALREADY');
    expect(decide(5, [fact({})], { validDays: 10 })).toBe('IMPORTED');
  });

  it('takes an opt-in to the last millisecond of its term, and none from the future', () => {
    expect(decide(10, [], { validDays: 10 })).toBe('OPT_IN_EXPIRED');
    expect(decide(10 - 1 / DAY_MS, [], { validDays: 10 })).toBe('IMPORTED');
    expect(decide(0, [])).toBe('IMPORTED');
    expect(decide(-1 / DAY_MS, [])).toBe('GIVEN_IN_FUTURE');
  });

  it('takes only evidence that the policy accepts', () => {
    expect(decide(5, [], { evidence: [] })).toBe('EVIDENCE_NOT_ACCEPTED');
    expect(decide(5, [], { evidence: ['PAPER_FORM'] })).toBe('EVIDENCE_NOT_ACCEPTED');
  });

  it('counts nothing from before the person took a stop of this business back', () => {
    const lifted = (changes: Partial<ConsentFact>) => [fact({ standing: 'LIFTED', ...changes })];
    for (const subject of ['MARKETING', 'EVERYTHING', 'BLOCK'] as const) {
      expect(decide(11, lifted({ subject }))).toBe('CONSENT_STOPPED');
      expect(decide(9, lifted({ subject }))).toBe('IMPORTED');
    }
    expect(decide(11, lifted({ subject: 'ADS' }))).toBe('IMPORTED');
    expect(decide(11, lifted({ businessId: null }))).toBe('IMPORTED');
  });
});

describe('decideImport under anything that was said', () => {
  const anyFact: fc.Arbitrary<ConsentFact> = fc.record({
    businessId: fc.constantFrom(null, SHOP),
    subject: fc.constantFrom(...PURPOSES, 'EVERYTHING' as const, 'BLOCK' as const),
    standing: fc.constantFrom('ALLOWED' as const, 'LIFTED' as const, 'STOPPED' as const),
    since: fc.integer({ min: -50, max: 50 }).map(ago),
  });
  const anyOptIn: fc.Arbitrary<ImportedOptIn> = fc.record({
    purpose: fc.constantFrom(...Object.values(ImportPurpose)),
    evidence: fc.record({
      kind: fc.constantFrom(...Object.values(ImportEvidence)),
      at: fc.integer({ min: -50, max: 50 }).map(ago),
      wordingHash: fc.constant(null),
      reference: fc.constant(null),
    }),
  });
  const anyPolicy = fc
    .record({
      basis: fc.constantFrom('OPT_IN' as const, 'OPT_OUT' as const),
      validDays: fc.option(fc.integer({ min: 1, max: 60 })),
      evidence: fc.subarray(Object.values(ImportEvidence)),
    })
    .map(policyOf);
  const said = fc.array(anyFact, { maxLength: 6 });

  it('lets nothing pass that a stop or a block covers', () => {
    fc.assert(
      fc.property(anyOptIn, said, anyPolicy, (one, facts, policy) => {
        const covered = facts.some(
          ({ standing, subject }) =>
            standing === 'STOPPED' && ['BLOCK', 'EVERYTHING', one.purpose].includes(subject),
        );
        const decision = decideImport(one, { said: facts, policy, now });
        if (covered) expect(['CONTACT_BLOCKED', 'CONSENT_STOPPED']).toContain(decision);
      }),
    );
  });

  it('is an opt-in that counts from then on, by what decides about messages', () => {
    fc.assert(
      fc.property(anyOptIn, said, anyPolicy, (one, facts, policy) => {
        if (decideImport(one, { said: facts, policy, now }) !== 'IMPORTED') return;
        const { purpose, evidence } = one;
        const own = (each: ConsentFact) => each.businessId === SHOP && each.subject === purpose;
        const after = [...facts.filter((each) => !own(each)), fact({ subject: purpose, since: evidence.at })];
        expect(judgeConsent(purpose, { said: after, policy, now }).rule).toBe('ALLOWED');
      }),
    );
  });
});
