import { isPerson, type MediaOwner } from './media.js';
import type { MediaReason } from './media-reasons.js';

/** How much the files of one owner may be together. */
export interface RoomLimit {
  reason: Extract<MediaReason, 'MEDIA_QUOTA' | 'MEDIA_UNSENT'>;
  files: number;
  bytes: number;
}

/** What the operator sets of it. */
export interface RoomSettings {
  MEDIA_QUOTA_BYTES: number;
  MEDIA_PERSON_QUOTA_BYTES: number;
  /** Number, and bytes. */
  MEDIA_PERSON_UNSENT: readonly number[];
}

const MOST_OF_A_BUSINESS = 100_000;
const MOST_OF_A_PERSON = 10_000;

/** What one more file of an owner must fit into. A business sends a file any number of times, so none waits to be sent. */
export function roomOf(owner: MediaOwner, settings: RoomSettings): RoomLimit[] {
  if (!isPerson(owner)) {
    return [{ reason: 'MEDIA_QUOTA', files: MOST_OF_A_BUSINESS, bytes: settings.MEDIA_QUOTA_BYTES }];
  }
  const [files = 0, bytes = 0] = settings.MEDIA_PERSON_UNSENT;
  return [
    { reason: 'MEDIA_UNSENT', files, bytes },
    { reason: 'MEDIA_QUOTA', files: MOST_OF_A_PERSON, bytes: settings.MEDIA_PERSON_QUOTA_BYTES },
  ];
}
