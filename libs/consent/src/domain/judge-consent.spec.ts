import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ConsentAction, standingAfter } from './consent-event.js';
import type { ConsentFact, ConsentScope, ConsentSubject, Standing } from './consent-fact.js';
import { type ConsentFacts, expiryOf, explainConsent, judgeConsent } from './judge-consent.js';
import { type CountryPolicy, type PurposeRule } from './policy.js';
import { type Purpose, PURPOSES } from './purpose.js';

const SHOP = 'shop';
const since = new Date('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const daysLater = (days: number, ms = 0) => new Date(since.getTime() + days * DAY_MS + ms);

const rule = (basis: PurposeRule['basis'], validDays: number | null = null): PurposeRule => ({
  basis,
  validDays,
  evidence: [],
  quietHours: null,
});
const POLICY: CountryPolicy = {
  version: 1,
  rules: {
    AUTHENTICATION: rule('OPT_OUT'),
    SERVICE: rule('OPT_OUT'),
    MARKETING: rule('OPT_IN'),
    MATCHING: rule('OPT_OUT'),
    ADS: rule('OPT_IN'),
    ANALYTICS: rule('OPT_IN'),
  },
};
const marketingBy = (marketing: PurposeRule): CountryPolicy => ({
  version: 2,
  rules: { ...POLICY.rules, MARKETING: marketing },
});
/** Long after everything that was said. */
const knowing = (said: ConsentFact[], policy = POLICY, now = daysLater(3_000)): ConsentFacts => ({
  said,
  policy,
  now,
});

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

describe('explainConsent', () => {
  const named = (name: string, ...[subject, standing, businessId]: Parameters<typeof fact>) => {
    return { ...fact(subject, standing, businessId), name };
  };
  const by = (purpose: Purpose, facts: ConsentFacts<ReturnType<typeof named>>) =>
    explainConsent(purpose, facts).by?.name;

  it('names the word that decided, and none where the policy did', () => {
    const optIn = named('opt-in', 'MARKETING', 'ALLOWED', SHOP);
    const stop = named('stop', 'MARKETING', 'STOPPED');
    const block = named('block', 'BLOCK', 'STOPPED', SHOP);
    const facts = (...said: (typeof optIn)[]) => ({ said, policy: POLICY, now: daysLater(1) });
    expect(by('MARKETING', facts(optIn))).toBe('opt-in');
    expect(by('MARKETING', facts(optIn, stop))).toBe('stop');
    expect(by('MARKETING', facts(optIn, stop, block))).toBe('block');
    expect(by('SERVICE', facts(optIn, stop))).toBeUndefined();
    expect(by('ADS', facts(optIn, stop))).toBeUndefined();
  });

  it('names the first of several stops, and the last opt-in to expire', () => {
    const early = named('early', 'MARKETING', 'STOPPED', SHOP);
    const late = { ...named('late', 'MARKETING', 'STOPPED'), since: daysLater(1) };
    const policy = marketingBy(rule('OPT_IN', 30));
    expect(by('MARKETING', { said: [late, early], policy, now: daysLater(2) })).toBe('early');
    const optIns = [early, late].map((stop) => ({ ...stop, standing: 'ALLOWED' as const }));
    expect(explainConsent('MARKETING', { said: optIns, policy, now: daysLater(40) })).toMatchObject({
      verdict: { rule: 'OPT_IN_EXPIRED', since: daysLater(31) },
      by: { name: 'late' },
    });
  });
});

describe('judgeConsent', () => {
  it('follows the policy while the person has said nothing', () => {
    expect(PURPOSES.map((purpose) => [purpose, judgeConsent(purpose, knowing([]))])).toEqual([
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
    expect(judgeConsent('MARKETING', knowing([...allowances, stop]))).toEqual({
      allowed: false,
      rule,
      since,
    });
  });

  it('names the weightiest of several refusals', () => {
    const facts = [
      fact('MARKETING', 'STOPPED', SHOP),
      fact('EVERYTHING', 'STOPPED', SHOP),
      fact('EVERYTHING', 'STOPPED'),
      fact('BLOCK', 'STOPPED', SHOP),
    ];
    const rules = facts.map((_, at) => judgeConsent('MARKETING', knowing(facts.slice(0, at + 1))));
    expect(rules.map(({ rule }) => rule)).toEqual([
      'STOPPED_PURPOSE',
      'STOPPED_BUSINESS',
      'STOPPED_EVERYTHING',
      'BLOCKED',
    ]);
  });

  it('takes an allowance of a purpose as its opt-in', () => {
    for (const businessId of [null, SHOP]) {
      const verdict = judgeConsent('MARKETING', knowing([fact('MARKETING', 'ALLOWED', businessId)]));
      expect(verdict).toEqual({ allowed: true, rule: 'ALLOWED', since });
    }
  });

  it('takes lifting a stop of everything, or a block, as no opt-in', () => {
    const lifted = [
      fact('EVERYTHING', 'ALLOWED'),
      fact('EVERYTHING', 'ALLOWED', SHOP),
      fact('BLOCK', 'ALLOWED', SHOP),
    ];
    expect(judgeConsent('MARKETING', knowing(lifted))).toEqual({ allowed: false, rule: 'NO_OPT_IN' });
  });

  it('counts a stop under way although the state still says allowed', () => {
    const facts = [fact('MARKETING', 'ALLOWED'), fact('MARKETING', 'STOPPED')];
    expect(judgeConsent('MARKETING', knowing(facts)).allowed).toBe(false);
  });

  it('says since when the oldest of the stops that count has stood', () => {
    const later = { ...fact('SERVICE', 'STOPPED', SHOP), since: new Date('2026-02-02T00:00:00Z') };
    expect(judgeConsent('SERVICE', knowing([later, fact('SERVICE', 'STOPPED')]))).toMatchObject({ since });
  });

  it('agrees with a reference that reads the whole history, whatever the person did in whatever order', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), fc.constantFrom(...PURPOSES), (history, purpose) => {
        const verdict = judgeConsent(purpose, knowing(factsFor(SHOP, history)));
        expect(verdict.allowed).toBe(mayMessage(SHOP, purpose, history));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('judgeConsent, where opt-ins expire', () => {
  const tenDays = marketingBy(rule('OPT_IN', 10));
  const optIn = fact('MARKETING', 'ALLOWED');

  it('counts an opt-in up to the last millisecond of its days, and not from then on', () => {
    const judge = (now: Date) => judgeConsent('MARKETING', knowing([optIn], tenDays, now));
    expect(judge(daysLater(10, -1))).toEqual({ allowed: true, rule: 'ALLOWED', since });
    expect(judge(daysLater(10))).toEqual({ allowed: false, rule: 'OPT_IN_EXPIRED', since: daysLater(10) });
    expect(expiryOf(optIn, tenDays)).toEqual(daysLater(10));
  });

  it('goes by the younger of two opt-ins', () => {
    const younger = { ...fact('MARKETING', 'ALLOWED', SHOP), since: daysLater(5) };
    const judge = (now: Date) => judgeConsent('MARKETING', knowing([optIn, younger], tenDays, now));
    expect(judge(daysLater(12))).toEqual({ allowed: true, rule: 'ALLOWED', since: daysLater(5) });
    expect(judge(daysLater(15))).toEqual({ allowed: false, rule: 'OPT_IN_EXPIRED', since: daysLater(15) });
  });

  it('does not let a stop, or the lifting of one, expire', () => {
    const ends = [
      fact('MARKETING', 'STOPPED'),
      fact('EVERYTHING', 'ALLOWED'),
      fact('BLOCK', 'STOPPED', SHOP),
    ];
    expect(ends.map((each) => expiryOf(each, tenDays))).toEqual([null, null, null]);
  });

  it('lets go on what the policy no longer wants an opt-in for', () => {
    const judge = (policy: CountryPolicy) => judgeConsent('MARKETING', knowing([optIn], policy)).rule;
    expect(judge(marketingBy(rule('OPT_OUT')))).toBe('ALLOWED');
    expect(judgeConsent('MARKETING', knowing([], marketingBy(rule('OPT_OUT')))).rule).toBe('NOT_STOPPED');
  });
});

describe('judgeConsent under any policy', () => {
  const anyRule = fc.record({
    basis: fc.constantFrom('OPT_IN' as const, 'OPT_OUT' as const),
    validDays: fc.option(fc.integer({ min: 1, max: 100 })),
    evidence: fc.constant([]),
    quietHours: fc.constant(null),
  });
  const anyFact = fc.record({
    businessId: fc.constantFrom(null, SHOP),
    subject: fc.constantFrom('MARKETING' as const, 'EVERYTHING' as const),
    standing: fc.constantFrom('ALLOWED' as const, 'STOPPED' as const),
    since: fc.integer({ min: 0, max: 100 }).map((days) => daysLater(days)),
  });

  it('lets nothing pass a stop, and nothing but an opt-in that counts past OPT_IN', () => {
    fc.assert(
      fc.property(anyRule, fc.array(anyFact, { maxLength: 5 }), fc.nat(200), (marketing, said, day) => {
        const { allowed } = judgeConsent('MARKETING', knowing(said, marketingBy(marketing), daysLater(day)));
        const stops = said.some(({ standing }) => standing === 'STOPPED');
        const yes = said.some(({ standing, subject, since: from }) => {
          const age = day - (from.getTime() - since.getTime()) / DAY_MS;
          return standing === 'ALLOWED' && subject === 'MARKETING' && age < (marketing.validDays ?? Infinity);
        });
        expect(allowed).toBe(!stops && (yes || marketing.basis === 'OPT_OUT'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('only ever grows stricter as time goes by', () => {
    fc.assert(
      fc.property(
        anyRule,
        fc.array(anyFact, { maxLength: 5 }),
        fc.nat(300),
        fc.nat(300),
        (marketing, said, a, b) => {
          const at = (day: number) =>
            judgeConsent('MARKETING', knowing(said, marketingBy(marketing), daysLater(day))).allowed;
          expect(at(Math.max(a, b)) && !at(Math.min(a, b))).toBe(false);
        },
      ),
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
  return yes || POLICY.rules[purpose].basis === 'OPT_OUT';
}
