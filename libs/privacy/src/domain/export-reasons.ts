import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const PERSON = 'The person.';

/** Reasons for which no export is made. Stable: programs rely on them. */
export const EXPORT_REASONS = {
  EXPORT_TOO_SOON: {
    message: 'An export of your data was made in the last 24 hours. Fetch it, or ask again at retryAt.',
    seenBy: PERSON,
    means: 'All that is held about the person is read for an export, so one is made in any 24 hours.',
    todo: 'Fetch the export that was made.',
    later: 'Yes, at `retryAt`.',
  },
} as const satisfies Record<string, DocumentedReason>;

export const EXPORTS: ReasonCatalogue = {
  title: 'Exports of a person’s data',
  about: 'Answered by `exportMyData`.',
  reasons: EXPORT_REASONS,
};
