import { Injectable } from '@nestjs/common';
import { type BusinessViewer, Refused } from '@assent/accounts';
import { Configuration, Database, parseInput, uuid7 } from '@assent/platform';
import { z } from 'zod';
import { MediaStorage, type SignedRequest } from '../adapters/media-storage.js';
import { kindOf, MEDIA_TYPES, MediaKind } from '../domain/media-type.js';
import type { Media } from '../domain/media.js';
import { MEDIA_REASONS } from '../domain/media-reasons.js';
import { MediaStore } from '../persistence/media.store.js';

/** How long an upload may take until it is completed. */
const UPLOAD_SECONDS = 3_600;
const MOST_FILES = 100_000;
const HASH_RULE = 'must be the SHA-256 of the bytes, in 64 hexadecimal digits';
const TYPE_RULE = `must be one of ${MEDIA_TYPES.join(', ')}`;

/** An upload that may begin, and until when. */
export interface MediaUpload {
  media: Media;
  request: SignedRequest;
}

/** Makes room for a medium, and says how to upload it. */
@Injectable()
export class CreateMediaUpload {
  private readonly schema;

  constructor(
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly storage: MediaStorage,
    private readonly store: MediaStore,
  ) {
    const most = Object.fromEntries(
      Object.keys(MediaKind).map((kind, at) => [kind, configuration.settings.MEDIA_MOST_BYTES[at] ?? 0]),
    ) as Record<MediaKind, number>;
    this.schema = z
      .object({
        type: z.string().refine((type) => kindOf(type) !== undefined, TYPE_RULE),
        bytes: z.int('must be a whole number of bytes').min(1, 'must be at least 1'),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/i, HASH_RULE)
          .transform((hash) => hash.toLowerCase()),
      })
      .superRefine(({ type, bytes }, context) => {
        const kind = kindOf(type);
        if (kind && bytes > most[kind]) {
          context.addIssue({
            code: 'custom',
            path: ['bytes'],
            message: `must be at most ${most[kind]} for ${kind}`,
          });
        }
      });
  }

  /** @throws BadInputError */
  execute({ businessId }: BusinessViewer, input: unknown): Promise<MediaUpload | Refused<'MEDIA_QUOTA'>> {
    const { type, bytes, sha256 } = parseInput(this.schema, input);
    return this.database.transaction({ role: 'business', businessId }, async (tx) => {
      // Those that take the last room take turns, and each counts behind the lock.
      const [, room, now] = await Promise.all([
        this.store.lockRoom(tx, businessId),
        this.store.room(tx, businessId),
        tx.now(),
      ]);
      if (room.files >= MOST_FILES || room.bytes + bytes > this.configuration.settings.MEDIA_QUOTA_BYTES) {
        return new Refused('MEDIA_QUOTA', MEDIA_REASONS.MEDIA_QUOTA.message, room.firstEnd);
      }
      const expiresAt = new Date(now.getTime() + UPLOAD_SECONDS * 1_000);
      const media: Media = {
        ...{ id: uuid7(now.getTime()), businessId, type, bytes, sha256 },
        ...{ state: 'AWAITED', expiresAt },
      };
      await this.store.add(tx, media, now);
      return { media, request: this.storage.upload(media, now, UPLOAD_SECONDS) };
    });
  }
}
