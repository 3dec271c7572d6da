import { judgeConsent } from '@assent/consent';
import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** A person's stops outrank everything but the state of the business; a block is for the gate before to name. */
export const consentGate: Gate<DispatchFacts> = ({ purpose }, { contact }) => {
  if (!contact || purpose === null) return undefined;
  let verdict = judgeConsent(purpose, contact.consent);
  if (!verdict.allowed && verdict.rule === 'BLOCKED') {
    const said = contact.consent.said.filter(({ subject }) => subject !== 'BLOCK');
    verdict = judgeConsent(purpose, { ...contact.consent, said });
  }
  if (verdict.allowed) return undefined;
  const isMissing = verdict.rule === 'NO_OPT_IN' || verdict.rule === 'OPT_IN_EXPIRED';
  return refused(isMissing ? 'CONSENT_MISSING' : 'CONSENT_STOPPED');
};
