import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const OWNER = 'The business or the person, as a refusal.';

/** Reasons for which media are not taken. Stable: programs rely on them. */
export const MEDIA_REASONS = {
  MEDIA_QUOTA: {
    message: 'Your media take up all the room that you have. Wait until some are removed.',
    seenBy: OWNER,
    means:
      'All media of a business, or of a person, together, those that are on their way included, have a largest size and number.',
    todo: 'As a business send media that you have uploaded already by their ids. Media are removed some time after they were last sent.',
    later: 'Yes, at `retryAt`, when enough of them are removed, unless they are sent again.',
  },
  MEDIA_UNSENT: {
    message:
      'Too many of your files went with no message yet. Send some of them, or wait until they are removed.',
    seenBy: 'The person, as a refusal.',
    means:
      'What a person uploads and does not send has a largest number and size together (20 files, 200 MiB by default). An upload that is not completed is forgotten after an hour, one that is not sent after a day.',
    todo: 'Send what is uploaded by `writeToBusiness`: it counts here no longer.',
    later: 'Yes, at `retryAt`, when enough of them are removed; earlier once some are sent.',
  },
  MEDIA_NOT_FOUND: {
    message: 'There is no such upload.',
    seenBy: OWNER,
    means: 'The id is none of yours, or the upload was not completed in time and is forgotten.',
    todo: 'Ask for a new one by `createMediaUpload`.',
    later: 'Not by waiting.',
  },
  MEDIA_NOT_THERE: {
    message: 'The bytes have not arrived. Upload them first.',
    seenBy: OWNER,
    means: 'Nothing is stored under the URL of the upload yet.',
    todo: 'Upload the bytes as `createMediaUpload` said, and complete it then.',
    later: 'Not by waiting.',
  },
  MEDIA_NOT_AS_DECLARED: {
    message: 'What is stored is not what was declared. Upload it anew.',
    seenBy: OWNER,
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
