import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ConsentAction, standingAfter } from './consent-event.js';
import type { ConsentFact, ConsentScope, ConsentSubject, Standing } from './consent-fact.js';
import { judgeConsent } from './judge-consent.js';
import { DEFAULT_POLICY } from './policy.js';
import { type Purpose, PURPOSES } from './purpose.js';

const SHOP = 'shop';
const since = new Date('2026-01-01T00:00:00Z');
const fact = (
  subject: ConsentSubject,
  standing: Standing,
  businessId: string | null = null,
): ConsentFact => ({
  businessId,
  subject,
  standing,
  since,
});

describe('judgeConsent', () => {
  it('follows the policy while the person has said nothing', () => {
    expect(PURPOSES.map((purpose) => [purpose, judgeConsent(purpose, [])])).toEqual([
      ['AUTHENTICATION', { allowed: true, rule: 'NOT_STOPPED' }],
      ['SERVICE', { allowed: true, rule: 'NOT_STOPPED' }],
      ['MARKETING', { allowed: false, rule: 'NO_OPT_IN' }],
      ['MATCHING', { allowed: true, rule: 'NOT_STOPPED' }],
      ['ADS', { allowed: false, rule: 'NO_OPT_IN' }],
      ['ANALYTICS', { allowed: false, rule: 'NO_OPT_IN' }],
    ]);
  });

  it.each([
    ['BLOCKED', fact('BLOCK', 'STOPPED', SHOP)],
    ['STOPPED_EVERYTHING', fact('EVERYTHING', 'STOPPED')],
    ['STOPPED_BUSINESS', fact('EVERYTHING', 'STOPPED', SHOP)],
    ['STOPPED_PURPOSE', fact('MARKETING', 'STOPPED')],
    ['STOPPED_PURPOSE', fact('MARKETING', 'STOPPED', SHOP)],
  ])('lets a refusal win over every allowance: %s', (rule, stop) => {
    const allowances = [fact('MARKETING', 'ALLOWED'), fact('MARKETING', 'ALLOWED', SHOP)].filter(
      (each) => each.subject !== stop.subject || each.businessId !== stop.businessId,
    );
    expect(judgeConsent('MARKETING', [...allowances, stop])).toEqual({ allowed: false, rule, since });
  });

  it('names the weightiest of several refusals', () => {
    const facts = [
      fact('MARKETING', 'STOPPED', SHOP),
      fact('EVERYTHING', 'STOPPED', SHOP),
      fact('EVERYTHING', 'STOPPED'),
      fact('BLOCK', 'STOPPED', SHOP),
    ];
    const rules = facts.map((_, at) => judgeConsent('MARKETING', facts.slice(0, at + 1)));
    expect(rules.map(({ rule }) => rule)).toEqual([
      'STOPPED_PURPOSE',
      'STOPPED_BUSINESS',
      'STOPPED_EVERYTHING',
      'BLOCKED',
    ]);
  });

  it('takes an allowance of a purpose as its opt-in', () => {
    for (const businessId of [null, SHOP]) {
      const verdict = judgeConsent('MARKETING', [fact('MARKETING', 'ALLOWED', businessId)]);
      expect(verdict).toEqual({ allowed: true, rule: 'ALLOWED', since });
    }
  });

  it('takes lifting a stop of everything, or a block, as no opt-in', () => {
    const lifted = [
      fact('EVERYTHING', 'ALLOWED'),
      fact('EVERYTHING', 'ALLOWED', SHOP),
      fact('BLOCK', 'ALLOWED', SHOP),
    ];
    expect(judgeConsent('MARKETING', lifted)).toEqual({ allowed: false, rule: 'NO_OPT_IN' });
  });

  it('counts a stop under way although the state still says allowed', () => {
    const facts = [fact('MARKETING', 'ALLOWED'), fact('MARKETING', 'STOPPED')];
    expect(judgeConsent('MARKETING', facts).allowed).toBe(false);
  });

  it('says since when the oldest of the stops that count has stood', () => {
    const later = { ...fact('SERVICE', 'STOPPED', SHOP), since: new Date('2026-02-02T00:00:00Z') };
    expect(judgeConsent('SERVICE', [later, fact('SERVICE', 'STOPPED')])).toMatchObject({ since });
  });

  it('agrees with a reference that reads the whole history, whatever the person did in whatever order', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), fc.constantFrom(...PURPOSES), (history, purpose) => {
        const verdict = judgeConsent(purpose, factsFor(SHOP, history));
        expect(verdict.allowed).toBe(mayMessage(SHOP, purpose, history));
      }),
      { numRuns: 5_000 },
    );
  });
});

interface Deed extends ConsentScope {
  action: ConsentAction;
}

const business = fc.constantFrom(SHOP, 'bank');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    action: fc.constantFrom('STOP' as const, 'ALLOW' as const),
    businessId: fc.option(business),
    purpose: fc.option(fc.constantFrom(...PURPOSES)),
  }),
  fc.record({
    action: fc.constantFrom('BLOCK' as const, 'UNBLOCK' as const),
    businessId: business,
    purpose: fc.constant(null),
  }),
);

/** What the store would hold after a history: the last word for each scope and subject. */
function factsFor(businessId: string, history: readonly Deed[]): ConsentFact[] {
  const state = new Map<string, ConsentFact>();
  for (const each of history) {
    const after = standingAfter(each);
    state.set(`${after.businessId}/${after.subject}`, { ...after, since });
  }
  return [...state.values()].filter((each) => each.businessId === null || each.businessId === businessId);
}

/**
 * The reference, written from the rules as a person would say them and sharing nothing with the code: of each kind of
 * thing I said, only the last time counts; any no that stands is a no; else my yes to this purpose, or the default.
 */
function mayMessage(shop: string, purpose: Purpose, history: readonly Deed[]): boolean {
  const lastly = (said: (each: Deed) => boolean) => history.findLast(said)?.action;
  const last = (kinds: ConsentAction[], who: string | null, what: Purpose | null) =>
    lastly((each) => kinds.includes(each.action) && each.businessId === who && each.purpose === what);
  const words = [null, shop].flatMap((who) =>
    [null, purpose].map((what) => last(['STOP', 'ALLOW'], who, what)),
  );
  const blocked = last(['BLOCK', 'UNBLOCK'], shop, null) === 'BLOCK';
  if (blocked || words.includes('STOP')) return false;
  const yes = words[1] === 'ALLOW' || words[3] === 'ALLOW';
  return yes || DEFAULT_POLICY.basis[purpose] === 'OPT_OUT';
}
