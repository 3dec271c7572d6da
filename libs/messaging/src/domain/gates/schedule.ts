import { refused } from '../decision.js';
import type { DispatchFacts } from '../facts.js';
import type { Gate } from './gate.js';

/** A message can be scheduled so far ahead, in milliseconds: as with Twilio (https://www.twilio.com/docs/messaging/features/message-scheduling). */
export const SOONEST_MS = 5 * 60 * 1_000;
export const LATEST_MS = 35 * 24 * 60 * 60 * 1_000;

/** What is scheduled is scheduled for 5 minutes to 35 days ahead. */
export const scheduleGate: Gate<DispatchFacts> = ({ sendAt }, { now }) => {
  if (!sendAt) return undefined;
  const ahead = sendAt.getTime() - now.getTime();
  if (ahead < SOONEST_MS) return refused('SCHEDULE_TOO_SOON');
  return ahead > LATEST_MS ? refused('SCHEDULE_TOO_FAR', new Date(sendAt.getTime() - LATEST_MS)) : undefined;
};
