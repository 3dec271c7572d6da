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
