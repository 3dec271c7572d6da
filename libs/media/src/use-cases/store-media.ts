import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refused } from '@assent/accounts';
import { Database, publicId } from '@assent/platform';
import { MediaStorage } from '../adapters/media-storage.js';
import type { Media, MediaOwner } from '../domain/media.js';
import type { MediaReason } from '../domain/media-reasons.js';
import { CompleteMediaUpload } from './complete-media-upload.js';
import { CreateMediaUpload } from './create-media-upload.js';

/** Uploads what the platform itself has the bytes of, for somebody. */
@Injectable()
export class StoreMedia {
  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
    private readonly create: CreateMediaUpload,
    private readonly complete: CompleteMediaUpload,
  ) {}

  /** By the steps of any upload, so it takes up room, and can be sent, like any other. */
  async execute(owner: MediaOwner, type: string, bytes: Buffer): Promise<Media | Refused<MediaReason>> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const made = await this.create.execute(owner, { type, bytes: bytes.length, sha256 });
    if (made instanceof Refused) return made;
    const now = await this.database.transaction({ role: 'engine' }, (tx) => tx.now());
    await this.storage.put(made.media, bytes, now);
    return this.complete.execute(owner, publicId('med', made.media.id));
  }
}
