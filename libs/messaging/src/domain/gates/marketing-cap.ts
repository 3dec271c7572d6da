import { limitAt } from '@assent/accounts';
import { dailyCap, judgeCap, weeklyCap, weeklyMost } from '@assent/limits';
import { limited } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import { capInForce } from '../preferences.js';
import type { Gate } from './gate.js';
import { passesFrom } from './override.js';

/** Marketing that a person may see in any 24 hours, of all businesses together. */
export const marketingCapGate: Gate<DispatchFacts> = (
  { purpose, whenLimited },
  { contact, marketing, now },
) => {
  if (purpose !== 'MARKETING' || !contact) return undefined;
  const { preferences, marketingSeenAt } = contact.person;
  const verdict = judgeCap(dailyCap(capInForce(preferences, marketing.daily)), marketingSeenAt, now);
  return verdict.passes ? undefined : limited('MARKETING_CAP', verdict.retryAt, whenLimited);
};

/** Marketing of one business that a person may see in any 7 days. */
export const businessMarketingCapGate: Gate<DispatchFacts> = (
  { purpose, whenLimited },
  { business: { overrides }, contact, marketing, now },
) => {
  if (purpose !== 'MARKETING' || !contact) return undefined;
  const { seenAt, unread } = contact.marketing;
  const own = contact.person.preferences.weeklyMarketingCap;
  const passes = passesFrom(overrides, ['MARKETING_WEEKLY'], now, (at) => {
    const weekly = limitAt(overrides, 'MARKETING_WEEKLY', marketing.weekly, at);
    const verdict = judgeCap(weeklyCap(weeklyMost({ ...marketing, weekly }, own, unread)), seenAt, at);
    return verdict.passes ? at : verdict.retryAt;
  });
  return passes === now ? undefined : limited('BUSINESS_MARKETING_CAP', passes, whenLimited);
};
