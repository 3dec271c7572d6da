import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** What belongs to one mode is not for the other: a test must reach nobody real, and nobody real a test person. */
export const modeGate: Gate<DispatchFacts> = (_, { business, ofOtherMode }) => {
  if (!ofOtherMode) return undefined;
  return refused(business.isSandbox ? 'LIVE_CONTACT' : 'TEST_CONTACT');
};
