import { dailyCap, judgeCap } from '@assent/limits';
import { limited } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** How often a person lets anything but what they are waiting for themselves interrupt them, in any 24 hours. */
export const interruptionGate: Gate<DispatchFacts> = ({ purpose, whenLimited }, { contact, now }) => {
  const most = contact?.person.preferences.interruptionCap ?? null;
  if (purpose === 'AUTHENTICATION' || !contact || most === null) return undefined;
  const verdict = judgeCap(dailyCap(most), contact.person.interruptedAt, now);
  return verdict.passes ? undefined : limited('INTERRUPTION_BUDGET', verdict.retryAt, whenLimited);
};
