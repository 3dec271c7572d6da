import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** Only a verified business may send. */
export const businessGate: Gate<DispatchFacts> = (_, { business }) => {
  if (business.status === 'SUSPENDED') return refused('BUSINESS_SUSPENDED');
  return business.status === 'VERIFIED' ? undefined : refused('BUSINESS_NOT_VERIFIED');
};
