import type { DispatchFacts, SendingFacts } from './facts.js';
import { businessGate } from './gates/business.js';
import { consentGate } from './gates/consent.js';
import { contactGate } from './gates/contact.js';
import type { Gate } from './gates/gate.js';
import { interruptionGate } from './gates/interruptions.js';
import { businessMarketingCapGate, marketingCapGate } from './gates/marketing-cap.js';
import { modeGate } from './gates/mode.js';
import { pairGate } from './gates/pair-limit.js';
import { pauseGate, quietHoursGate } from './gates/quiet-hours.js';
import { reachGate } from './gates/reach-tier.js';
import { queuedRestrictionGate, restrictionGate } from './gates/restriction.js';
import { slotGate, throughputGate } from './gates/throughput.js';

/** What is asked in the same way whenever a message is decided on. */
const COMMON: readonly Gate<DispatchFacts>[] = [
  modeGate,
  contactGate,
  consentGate,
  quietHoursGate,
  pauseGate,
  marketingCapGate,
  businessMarketingCapGate,
  interruptionGate,
  slotGate,
];

/**
 * The gates that dispatch asks again, at the moment of making a message visible. A new gate takes its place here, or
 * among those of sending only, in this order: business and its restrictions; key and test mode; contact and block;
 * consent and policy; state of the template; service window; limits of content; quiet hours; what the person may see;
 * pair limit; reach tier; throughput; spam score.
 */
export const DISPATCH_GATES: readonly Gate<DispatchFacts>[] = [
  businessGate,
  queuedRestrictionGate,
  ...COMMON,
];

/** The gates of sending, in the order in which they are asked: much those of dispatch, and what only sending spends. */
export const SENDING_GATES: readonly Gate<SendingFacts>[] = [
  businessGate,
  restrictionGate,
  ...COMMON,
  pairGate,
  reachGate,
  throughputGate,
];
