import { limited } from '../decision.js';
import type { Gate } from './gate.js';

/** The same rule for a message that was accepted: what it refuses for a time makes the message wait, if its sender lets it. */
export function patient<Facts>(gate: Gate<Facts>): Gate<Facts> {
  return (draft, facts) => {
    const objection = gate(draft, facts);
    return objection?.outcome === 'REFUSED' && objection.retryAt
      ? limited(objection.reason, objection.retryAt, draft.whenLimited)
      : objection;
  };
}
