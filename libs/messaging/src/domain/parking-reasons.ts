import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

/** Reasons for which a parked conversation does not go on. Stable: programs rely on them. */
export const PARKING_REASONS = {
  PARKED_UNKNOWN: {
    message: 'No conversation is parked under this id.',
    seenBy: 'The operator’s admin, as the refusal to let it go on.',
    means: 'The id is none of `parkedConversations`, or what was queued in it has ended meanwhile.',
    todo: 'Read `parkedConversations` again.',
    later: 'Not by waiting: `retryAt` is null.',
  },
} as const satisfies Record<string, DocumentedReason>;

export type ParkingReason = keyof typeof PARKING_REASONS;

export const PARKING: ReasonCatalogue = {
  title: 'Parked conversations',
  about: 'Answered by `retryParked`.',
  reasons: PARKING_REASONS,
};
