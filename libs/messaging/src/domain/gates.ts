import type { DispatchFacts, SendingFacts } from './facts.js';
import { businessGate } from './gates/business.js';
import { consentGate } from './gates/consent.js';
import { contactGate } from './gates/contact.js';
import { contentGate } from './gates/content.js';
import type { Gate } from './gates/gate.js';
import { interruptionGate } from './gates/interruptions.js';
import {
  businessSwitchGate,
  heldBusinessGate,
  heldCarrierGate,
  heldMarketingGate,
  heldTemplateGate,
  marketingSwitchGate,
  templateSwitchGate,
} from './gates/kill-switch.js';
import { businessMarketingCapGate, marketingCapGate } from './gates/marketing-cap.js';
import { modeGate } from './gates/mode.js';
import { pacedGate, pacingGate } from './gates/pacing.js';
import { pairGate } from './gates/pair-limit.js';
import { pauseGate, quietHoursGate } from './gates/quiet-hours.js';
import { reachGate } from './gates/reach-tier.js';
import { queueGate } from './gates/queue.js';
import { queuedRestrictionGate, restrictionGate } from './gates/restriction.js';
import { windowGate } from './gates/service-window.js';
import { spamScoreGate } from './gates/spam-score.js';
import { templateGate, templateStandingGate } from './gates/template.js';
import { slotGate, throughputGate } from './gates/throughput.js';
import { validityGate } from './gates/validity.js';
import { patient } from './gates/patient.js';

/**
 * Gates are asked in this order, and a new one takes its place in it: business, what is switched off of it or of
 * marketing, and its restrictions; key and test mode; contact and block; consent and policy; state of the template, which may be switched
 * off, and pace of a new one; service window; limits of content; validity; room in the queue; quiet hours; what the person may see; pair
 * limit; reach tier; throughput; spam score.
 */
const WHETHER: readonly Gate<DispatchFacts>[] = [modeGate, contactGate, consentGate];
const WHEN: readonly Gate<DispatchFacts>[] = [
  quietHoursGate,
  pauseGate,
  marketingCapGate,
  businessMarketingCapGate,
  interruptionGate,
  slotGate,
];

/** What is asked again of what was accepted, whatever is to become of it. */
const STILL: readonly Gate<DispatchFacts>[] = [
  businessGate,
  heldBusinessGate,
  heldMarketingGate,
  queuedRestrictionGate,
  ...WHETHER,
];

/** The gates that dispatch asks again, at the moment of making a message visible. */
export const DISPATCH_GATES: readonly Gate<DispatchFacts>[] = [
  ...STILL,
  heldTemplateGate,
  templateStandingGate,
  pacedGate,
  ...WHEN,
];

/** The gates that are asked once more when a visible message is handed to a carrier: what the person wants, and who writes. */
export const HAND_OFF_GATES: readonly Gate<DispatchFacts>[] = [
  ...STILL,
  heldTemplateGate,
  heldCarrierGate,
  quietHoursGate,
  pauseGate,
];

/** What a message spends when it goes. */
const SPENT: readonly Gate<SendingFacts>[] = [pairGate, reachGate, throughputGate, spamScoreGate];

const WHO: readonly Gate<SendingFacts>[] = [
  businessGate,
  businessSwitchGate,
  marketingSwitchGate,
  restrictionGate,
  ...WHETHER,
  templateSwitchGate,
  templateGate,
];
const WHAT: readonly Gate<SendingFacts>[] = [windowGate, contentGate, validityGate];

/** The gates of what is scheduled, asked as of its time when it is accepted: what it would spend is asked when it goes. */
export const SCHEDULING_GATES: readonly Gate<SendingFacts>[] = [...WHO, ...WHAT, ...WHEN];

/** The gates of sending: much the same as of dispatch, what it says, and what only sending spends. */
export const SENDING_GATES: readonly Gate<SendingFacts>[] = [
  ...WHO,
  pacingGate,
  ...WHAT,
  queueGate,
  ...WHEN,
  ...SPENT,
];

/** The gates of dispatch for what was scheduled and goes now: what it spends is used up for a time, so it waits. */
export const SCHEDULED_GATES: readonly Gate<SendingFacts>[] = [
  ...DISPATCH_GATES,
  pacingGate,
  ...SPENT.map(patient),
];
