import { type GateReason, NOT_BY_WAITING, SENDER } from './reason-wording.ts';

/** Reasons that a time asked for gives. */
export const SCHEDULE_REASONS = {
  SCHEDULE_TOO_SOON: {
    gate: 'SCHEDULE',
    message:
      'A message is scheduled for 5 minutes to 35 days ahead. Send this one without sendAt, or for later.',
    seenBy: SENDER,
    means: '`sendAt` is less than 5 minutes ahead, or has passed, by the clock of the platform.',
    todo: 'Leave out `sendAt` to send at once, or name a later time.',
    later: NOT_BY_WAITING,
  },
  SCHEDULE_TOO_FAR: {
    gate: 'SCHEDULE',
    message: 'A message is scheduled for 5 minutes to 35 days ahead. Schedule this one at retryAt or later.',
    seenBy: SENDER,
    means: '`sendAt` is more than 35 days ahead.',
    todo: 'Keep the message, and schedule it when its time is near enough.',
    later: 'Yes, at `retryAt`, which is 35 days before `sendAt`.',
  },
  SCHEDULED: {
    gate: 'SCHEDULE',
    message: 'The message waits for the time that it is scheduled for.',
    seenBy: 'The business, as `deferredBecause` of an accepted message that waits.',
    means: 'The message has a `sendAt`. Every gate decides it again then, and it spends limits then.',
    todo: 'Nothing, or `cancelMessage` to take it back.',
    later: 'Yes, at `sendAt`.',
  },
} as const satisfies Record<string, GateReason>;
