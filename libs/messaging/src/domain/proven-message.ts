import type { MessageWords } from './content.js';

/** Between whom a message is. */
export interface MessageParties {
  businessId: string;
  personId: string;
  contactId: string;
}

/**
 * Everything that a proof is made over: which message it is, and so when it was sent, which its id says; of which
 * business, to whom; and all that its person is shown of it. No two messages have the same: only the text, which stands
 * last, can hold an end of a line.
 */
export function provenText(
  id: string,
  { businessId, personId, contactId }: MessageParties,
  { text, media }: MessageWords,
): string {
  const file = media ? JSON.stringify([media.type, media.bytes, media.sha256, media.name]) : '';
  return `${id}\n${businessId}\n${personId}\n${contactId}\n${file}\n${text}`;
}
