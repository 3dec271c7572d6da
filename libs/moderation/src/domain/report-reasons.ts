import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const ADMIN = 'An admin who handles reports.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which a report is not taken or not decided. Stable: programs rely on them. */
export const REPORT_REASONS = {
  REPORT_LIMIT: {
    message: 'You have reported 20 messages in the last 24 hours. Report this one at retryAt.',
    seenBy: 'The person who reports.',
    means: 'A person reports at most 20 messages in any 24 hours.',
    todo: 'Report it at `retryAt`, or block the business now.',
    later: 'Yes, at `retryAt`.',
  },
  NOT_WHAT_WAS_SENT: {
    message: 'What your device holds of this message is not what was sent to you.',
    seenBy: 'The person who reports.',
    means:
      'Text, media and proof that the device hands back do not belong to one another, to this message, or to this person: nobody can report what was not sent.',
    todo: 'Read the message again, and report it as it is; or leave `copy` out, and what the platform holds is reported.',
    later: NOT_BY_WAITING,
  },
  STORED_MESSAGE_CHANGED: {
    message:
      'What is stored of this message is not what was sent to you. Report it with what your device holds of it.',
    seenBy: 'The person who reports.',
    means:
      'Content, business, person or contact of the stored message were changed beneath the platform. The operator finds it in the log.',
    todo: 'Hand back, as `copy`, what your device read when it received the message.',
    later: NOT_BY_WAITING,
  },
  CLAIMED_BY_ANOTHER: {
    message: 'Another admin has claimed this report. Decide it at retryAt, if they have not.',
    seenBy: ADMIN,
    means: 'A report is looked at by one admin at a time, so that each message is disclosed to few.',
    todo: 'Leave it to them, or claim it at `retryAt`.',
    later: 'Yes, at `retryAt`, when the claim is over.',
  },
  ALREADY_DECIDED: {
    message: 'This report was decided before.',
    seenBy: ADMIN,
    means: 'Somebody decided it. The message says how.',
    todo: 'Read the report again.',
    later: NOT_BY_WAITING,
  },
} as const satisfies Record<string, DocumentedReason>;

export const REPORTS: ReasonCatalogue = {
  title: 'Reports',
  about: 'Answered by `reportMessage`, `claimReport` and `decideReport`.',
  reasons: REPORT_REASONS,
};
