import { limitAt } from '@assent/accounts';
import {
  type Budget,
  capBudget,
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
  const budgets: NamedBudget[] = [];
  if (contact) {
    budgets.push({ name: 'PAIR_LIMIT', ...pairBudget(pairLimitAt(facts, now), facts.pairTat, now) });
    if (draft.purpose === 'MARKETING') {
      const weekly = limitAt(business.overrides, 'MARKETING_WEEKLY', marketing.weekly, now);
      const { seenAt, unread } = contact.marketing;
      const own = contact.person.preferences.weeklyMarketingCap;
      const cap = weeklyCap(weeklyMost({ ...marketing, weekly }, own, unread));
      budgets.push({ name: 'BUSINESS_MARKETING_CAP', ...capBudget(cap, seenAt, now) });
    }
  }
  const sample = sampleOf(draft, facts);
  const ofSample = sample && sampleBudget(sample, { ...pacing, size: sampleSizeAt(facts, now) }, now);
  if (ofSample) budgets.push({ name: 'TEMPLATE_SAMPLE', ...ofSample });
  budgets.push(
    { name: 'REACH_TIER', ...reachBudget(reachAt(facts, now)) },
    { name: 'THROUGHPUT', ...throughputBudget(throughputAt(facts, now), facts.throughputTat, now) },
  );
  return budgets;
}
