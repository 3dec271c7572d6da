import { refused } from '../decision.js';
import type { SendingFacts } from '../facts.js';
import { isOpenAt } from '../service-window.js';
import type { Gate } from './gate.js';

/**
 * Words that nobody has reviewed are an answer: they are taken in the 24 hours after the person last wrote. What was
 * taken then may become visible later: the person asked while it was open.
 */
export const windowGate: Gate<SendingFacts> = ({ template }, { contact, lastInboundAt, now }) => {
  if (template || !contact) return undefined;
  return isOpenAt(lastInboundAt, now) ? undefined : refused('SERVICE_WINDOW_CLOSED');
};
