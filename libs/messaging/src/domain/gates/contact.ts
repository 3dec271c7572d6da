import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** The contact must be one of this business, with somebody behind it who has not blocked the business. */
export const contactGate: Gate<DispatchFacts> = (_, { contact, gone }) => {
  if (!contact) return refused(gone ? 'CONTACT_GONE' : 'CONTACT_UNKNOWN');
  const isBlock = ({ subject, standing }: (typeof contact.consent.said)[number]) =>
    subject === 'BLOCK' && standing === 'STOPPED';
  return contact.consent.said.some(isBlock) ? refused('CONTACT_BLOCKED') : undefined;
};
