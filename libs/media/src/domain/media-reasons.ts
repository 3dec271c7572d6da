import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const BUSINESS = 'The business, as a refusal.';

/** Reasons for which media are not taken. Stable: programs rely on them. */
export const MEDIA_REASONS = {
  MEDIA_QUOTA: {
    message: 'Your media take up all the room that you have. Wait until some are removed.',
    seenBy: BUSINESS,
    means:
      'All media of a business together, those that are on their way included, have a largest size and number.',
    todo: 'Send media that you have uploaded already by their ids. Media are removed some time after they were last sent.',
    later: 'Yes, at `retryAt`, when the first of them is removed.',
  },
  MEDIA_NOT_FOUND: {
    message: 'There is no such upload.',
    seenBy: BUSINESS,
    means: 'The id is none of yours, or the upload was not completed in time and is forgotten.',
    todo: 'Ask for a new one by `createMediaUpload`.',
    later: 'Not by waiting.',
  },
  MEDIA_NOT_THERE: {
    message: 'The bytes have not arrived. Upload them first.',
    seenBy: BUSINESS,
    means: 'Nothing is stored under the URL of the upload yet.',
    todo: 'Upload the bytes as `createMediaUpload` said, and complete it then.',
    later: 'Not by waiting.',
  },
  MEDIA_NOT_AS_DECLARED: {
    message: 'What is stored is not what was declared. Upload it anew.',
    seenBy: BUSINESS,
    means: 'Size, SHA-256 or the first bytes of the file are not those of what was declared.',
    todo: 'Look at type, size and hash, and ask for a new upload.',
    later: 'Not by waiting.',
  },
} as const satisfies Record<string, DocumentedReason>;

export type MediaReason = keyof typeof MEDIA_REASONS;

export const MEDIA: ReasonCatalogue = {
  title: 'Media',
  about: 'Answered by `createMediaUpload` and `completeMediaUpload`.',
  reasons: MEDIA_REASONS,
};
