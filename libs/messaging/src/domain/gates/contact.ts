import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** The contact must be one of this business, with somebody behind it, and neither side has blocked the other. */
export const contactGate: Gate<DispatchFacts> = (_, { contact, gone }) => {
  if (!contact) return refused(gone ? 'CONTACT_GONE' : 'CONTACT_UNKNOWN');
  const isBlock = ({ subject, standing }: (typeof contact.consent.said)[number]) =>
    subject === 'BLOCK' && standing === 'STOPPED';
  if (contact.consent.said.some(isBlock)) return refused('CONTACT_BLOCKED');
  return contact.blockedByBusiness ? refused('BLOCKED_BY_YOU') : undefined;
};
