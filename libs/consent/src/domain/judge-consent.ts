import type { ConsentFact, ConsentSubject } from './consent-fact.js';
import { type ConsentPolicy, DEFAULT_POLICY } from './policy.js';
import type { Purpose } from './purpose.js';

/** Whether a person's consent lets something pass, by which rule, and since when. */
export type ConsentVerdict =
  | {
      allowed: true;
      /** ALLOWED: the person said so. NOT_STOPPED: the policy lets it go on until they stop it. */
      rule: 'ALLOWED' | 'NOT_STOPPED';
      since?: Date;
    }
  | {
      allowed: false;
      rule: 'BLOCKED' | 'STOPPED_EVERYTHING' | 'STOPPED_BUSINESS' | 'STOPPED_PURPOSE' | 'NO_OPT_IN';
      since?: Date;
    };

/**
 * Judges a purpose by what the person said, most weighty first: block, stop of everything, stop of this business,
 * stop of this purpose, allowance, and only then the policy. A refusal always wins over an allowance, whichever came
 * later: an allowance lifts a stop of its own scope only, and then that stop is no longer among the facts.
 *
 * `facts` are those of one person that concern one business: its own and the platform-wide ones, stops under way
 * (which count as stops) included.
 */
export function judgeConsent(
  purpose: Purpose,
  facts: readonly ConsentFact[],
  policy: ConsentPolicy = DEFAULT_POLICY,
): ConsentVerdict {
  const stopped = facts.filter(({ standing }) => standing === 'STOPPED');
  const on = (subject: ConsentSubject) => stopped.filter((fact) => fact.subject === subject);

  const refusals = [
    ['BLOCKED', on('BLOCK')],
    ['STOPPED_EVERYTHING', on('EVERYTHING').filter(({ businessId }) => businessId === null)],
    ['STOPPED_BUSINESS', on('EVERYTHING')],
    ['STOPPED_PURPOSE', on(purpose)],
  ] as const;
  for (const [rule, because] of refusals) {
    if (because.length > 0) return { allowed: false, rule, since: earliest(because) };
  }

  const allowances = facts.filter(({ standing, subject }) => standing === 'ALLOWED' && subject === purpose);
  if (allowances.length > 0) return { allowed: true, rule: 'ALLOWED', since: earliest(allowances) };
  return policy.basis[purpose] === 'OPT_OUT'
    ? { allowed: true, rule: 'NOT_STOPPED' }
    : { allowed: false, rule: 'NO_OPT_IN' };
}

function earliest(facts: readonly ConsentFact[]): Date {
  return facts.reduce((first, { since }) => (since < first ? since : first), facts[0]?.since ?? new Date(0));
}
