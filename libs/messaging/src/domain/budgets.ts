import { leftUntil, limitAt, type LimitKind } from '@assent/accounts';
import {
  type Budget,
  capBudget,
  isOver,
  pairBudget,
  reachBudget,
  sampleBudget,
  throughputBudget,
  weeklyCap,
  weeklyMost,
} from '@assent/limits';
import type { Draft, SendingFacts } from './facts.js';
import { pairLimitAt } from './gates/pair-limit.js';
import { sampleOf, sampleSizeAt } from './gates/pacing.js';
import { reachAt } from './gates/reach-tier.js';
import { throughputAt } from './gates/throughput.js';
import type { LimitName } from './limit-names.js';

/** What is left of one limit. */
export interface NamedBudget extends Budget {
  name: LimitName;
}

/** What is left of the limits of the business that a message meets, before it is sent; what a person sees of others is not told. */
export function budgetsOf(draft: Draft, facts: SendingFacts): NamedBudget[] {
  const { business, contact, marketing, now, pacing } = facts;
  const sample = sampleOf(draft, facts);
  const left = (name: LimitName, kinds: LimitKind[], leftAt: (at: Date) => Budget): NamedBudget => ({
    name,
    ...leftUntil(business.overrides, kinds, now, leftAt),
  });
  const budgets: NamedBudget[] = [];
  if (contact) {
    budgets.push(
      left('PAIR_LIMIT', ['PAIR_INTERVAL', 'PAIR_BURST'], (at) =>
        pairBudget(pairLimitAt(facts, at), facts.pairTat, at),
      ),
    );
  }
  if (contact && draft.purpose === 'MARKETING') {
    const { seenAt, unread } = contact.marketing;
    const own = contact.person.preferences.weeklyMarketingCap;
    budgets.push(
      left('BUSINESS_MARKETING_CAP', ['MARKETING_WEEKLY'], (at) => {
        const weekly = limitAt(business.overrides, 'MARKETING_WEEKLY', marketing.weekly, at);
        return capBudget(weeklyCap(weeklyMost({ ...marketing, weekly }, own, unread)), seenAt, at);
      }),
    );
  }
  if (sample && !isOver(sample, { ...pacing, size: sampleSizeAt(facts, now) }, now)) {
    budgets.push(
      left('TEMPLATE_SAMPLE', ['TEMPLATE_SAMPLE'], (at) =>
        sampleBudget(sample, { ...pacing, size: sampleSizeAt(facts, at) }),
      ),
    );
  }
  budgets.push(
    left('REACH_TIER', ['REACH_PLACES'], (at) => reachBudget(reachAt(facts, at))),
    left('THROUGHPUT', ['THROUGHPUT'], (at) =>
      throughputBudget(throughputAt(facts, at), facts.throughputTat, at),
    ),
  );
  return budgets;
}
