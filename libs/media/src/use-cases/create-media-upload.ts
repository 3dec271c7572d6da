import { Injectable } from '@nestjs/common';
import { Refused } from '@assent/accounts';
import {
  Configuration,
  Database,
  parseInput,
  type Transaction,
  unauthenticated,
  uuid7,
} from '@assent/platform';
import { z } from 'zod';
import { MediaStorage, type SignedRequest } from '../adapters/media-storage.js';
import { kindOf, MEDIA_TYPES, MediaKind } from '../domain/media-type.js';
import { isPerson, type Media, type MediaOwner } from '../domain/media.js';
import { MEDIA_REASONS } from '../domain/media-reasons.js';
import { type RoomLimit, roomOf } from '../domain/room.js';
import { MediaStore } from '../persistence/media.store.js';
import { scopeOf } from '../persistence/owner-scope.js';

/** How long an upload may take until it is completed. */
const UPLOAD_SECONDS = 3_600;
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
  execute(owner: MediaOwner, input: unknown): Promise<MediaUpload | Refused<RoomLimit['reason']>> {
    const { type, bytes, sha256 } = parseInput(this.schema, input);
    return this.database.transaction(scopeOf(owner), async (tx) => {
      // Those that take the last room take turns, and each counts behind the lock.
      if (!(await this.store.lockRoom(tx, owner))) throw unauthenticated();
      const [refused, now] = await Promise.all([this.noRoom(tx, owner, bytes), tx.now()]);
      if (refused) return refused;
      const expiresAt = new Date(now.getTime() + UPLOAD_SECONDS * 1_000);
      // Without the lane: the URL of a person's medium shows its id to a business.
      const facts = { id: uuid7(now.getTime()), type, bytes, sha256 };
      await this.store.add(tx, owner, facts, now, expiresAt);
      const businessId = isPerson(owner) ? null : owner.businessId;
      return {
        media: { ...facts, businessId, state: 'AWAITED', expiresAt },
        request: this.storage.upload(facts, now, UPLOAD_SECONDS),
      };
    });
  }

  private async noRoom(
    tx: Transaction,
    owner: MediaOwner,
    bytes: number,
  ): Promise<Refused<RoomLimit['reason']> | undefined> {
    for (const { reason, ...most } of roomOf(owner, this.configuration.settings)) {
      const unsent = reason === 'MEDIA_UNSENT';
      const used = await this.store.used(tx, owner, unsent);
      const needed = { files: used.files + 1 - most.files, bytes: used.bytes + bytes - most.bytes };
      if (needed.files > 0 || needed.bytes > 0) {
        const retryAt = await this.store.freeAt(tx, owner, unsent, needed);
        return new Refused(reason, MEDIA_REASONS[reason].message, retryAt);
      }
    }
    return undefined;
  }
}
