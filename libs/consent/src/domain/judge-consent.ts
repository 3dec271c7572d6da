import type { ConsentFact, ConsentSubject } from './consent-fact.js';
import type { CountryPolicy } from './policy.js';
import type { Purpose } from './purpose.js';

/** Everything that a judgement is made of. */
export interface ConsentFacts<Fact extends ConsentFact = ConsentFact> {
  /**
   * What one person said that concerns one business: to it and to the whole platform, stops under way (which count as
   * stops) included.
   */
  said: Fact[];
  /** The policy in force for the person's country at `now`. */
  policy: CountryPolicy;
  /** The database's time. */
  now: Date;
}

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
      /** OPT_IN_EXPIRED: there was an opt-in, and the policy says that it no longer counts. */
      rule:
        | 'BLOCKED'
        | 'STOPPED_EVERYTHING'
        | 'STOPPED_BUSINESS'
        | 'STOPPED_PURPOSE'
        | 'NO_OPT_IN'
        | 'OPT_IN_EXPIRED';
      since?: Date;
    };

const DAY_MS = 86_400_000;

/** A verdict, and the word of the person that decided; undefined where the policy did. */
export interface Judgement<Fact extends ConsentFact> {
  verdict: ConsentVerdict;
  by: Fact | undefined;
}

/**
 * Judges a purpose by what the person said, most weighty first: block, stop of everything, stop of this business,
 * stop of this purpose, allowance that has not expired, and only then the policy. A refusal always wins over an
 * allowance, whichever came later: an allowance lifts a stop of its own scope only, and then that stop is no longer
 * among the facts.
 */
export function judgeConsent(purpose: Purpose, facts: ConsentFacts): ConsentVerdict {
  return explainConsent(purpose, facts).verdict;
}

/** The same judgement, with the fact that it rests on. */
export function explainConsent<Fact extends ConsentFact>(
  purpose: Purpose,
  { said, policy, now }: ConsentFacts<Fact>,
): Judgement<Fact> {
  const refusal = said.length > 0 && refusalBy(purpose, said);
  if (refusal) return refusal;

  const optIns = said.filter(({ standing, subject }) => standing === 'ALLOWED' && subject === purpose);
  const valid = optIns.filter((fact) => {
    const end = expiryOf(fact, policy);
    return !end || now < end;
  });
  const by = first(valid, ({ since }) => since);
  if (by) return { verdict: { allowed: true, rule: 'ALLOWED', since: by.since }, by };
  if (policy.rules[purpose].basis === 'OPT_OUT') {
    return { verdict: { allowed: true, rule: 'NOT_STOPPED' }, by: undefined };
  }
  // Of one term, so the newest opt-in was the last to expire.
  const expired = first(optIns, ({ since }) => new Date(-since.getTime()));
  const since = expired && expiryOf(expired, policy);
  if (!since) return { verdict: { allowed: false, rule: 'NO_OPT_IN' }, by: undefined };
  return { verdict: { allowed: false, rule: 'OPT_IN_EXPIRED', since }, by: expired };
}

function refusalBy<Fact extends ConsentFact>(
  purpose: Purpose,
  said: readonly Fact[],
): Judgement<Fact> | undefined {
  const stopped = said.filter(({ standing }) => standing === 'STOPPED');
  const on = (subject: ConsentSubject) => stopped.filter((fact) => fact.subject === subject);

  const refusals = [
    ['BLOCKED', on('BLOCK')],
    ['STOPPED_EVERYTHING', on('EVERYTHING').filter(({ businessId }) => businessId === null)],
    ['STOPPED_BUSINESS', on('EVERYTHING')],
    ['STOPPED_PURPOSE', on(purpose)],
  ] as const;
  for (const [rule, because] of refusals) {
    const by = first(because, ({ since }) => since);
    if (by) return { verdict: { allowed: false, rule, since: by.since }, by };
  }
  return undefined;
}

/** The first moment at which an opt-in no longer counts; null: it is none, or counts until it is withdrawn. */
export function expiryOf(
  { subject, standing, since }: Pick<ConsentFact, 'subject' | 'standing' | 'since'>,
  { rules }: CountryPolicy,
): Date | null {
  if (standing !== 'ALLOWED' || subject === 'BLOCK' || subject === 'EVERYTHING') return null;
  const { validDays } = rules[subject];
  return validDays === null ? null : new Date(since.getTime() + validDays * DAY_MS);
}

function first<Fact>(facts: readonly Fact[], when: (fact: Fact) => Date): Fact | undefined {
  return facts.reduce<Fact | undefined>(
    (found, fact) => (found === undefined || when(fact) < when(found) ? fact : found),
    undefined,
  );
}
