import { judgeMarketingCap } from '@assent/limits';
import { deferred, refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import { capInForce } from '../preferences.js';
import type { Gate } from './gate.js';

/** Marketing that a person may see in any 24 hours, of all businesses together. */
export const marketingCapGate: Gate<DispatchFacts> = ({ purpose }, { contact, marketingCap, now }) => {
  if (purpose !== 'MARKETING' || !contact) return undefined;
  const { preferences, marketingSeenAt } = contact.person;
  const verdict = judgeMarketingCap(capInForce(preferences, marketingCap), marketingSeenAt, now);
  if (verdict.passes) return undefined;
  return verdict.retryAt ? deferred('MARKETING_CAP', verdict.retryAt) : refused('MARKETING_CAP');
};
