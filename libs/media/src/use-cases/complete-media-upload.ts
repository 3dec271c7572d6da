import { Injectable } from '@nestjs/common';
import { Refused } from '@assent/accounts';
import { AuditOperations } from '@assent/ledger';
import { Configuration, Database, parsePublicId } from '@assent/platform';
import { MediaStorage } from '../adapters/media-storage.js';
import { isOfType } from '../domain/media-type.js';
import { isPerson, type Media, type MediaOwner } from '../domain/media.js';
import { MEDIA_REASONS, type MediaReason } from '../domain/media-reasons.js';
import { MediaStore } from '../persistence/media.store.js';
import { scopeOf } from '../persistence/owner-scope.js';

const DAY_MS = 24 * 3_600_000;
/** For how long a person's medium waits for the one message that it goes with. */
const UNSENT_DAYS = 1;

/** Looks once at what was uploaded; from then on it can be sent. */
@Injectable()
export class CompleteMediaUpload {
  constructor(
    private readonly configuration: Configuration,
    private readonly database: Database,
    private readonly storage: MediaStorage,
    private readonly store: MediaStore,
    private readonly audit: AuditOperations,
  ) {}

  /** Once more changes nothing. The bytes are read outside of any transaction: they may be many. */
  async execute(owner: MediaOwner, publicId: string): Promise<Media | Refused<MediaReason>> {
    const id = parsePublicId('med', publicId);
    const [media, now] = await this.database.transaction(scopeOf(owner), (tx) =>
      Promise.all([id ? this.store.byId(tx, id) : undefined, tx.now()]),
    );
    if (!media) return refused('MEDIA_NOT_FOUND');
    if (media.state === 'STORED') return media;
    const file = await this.storage.look(media, now);
    if (!file) return refused('MEDIA_NOT_THERE');
    const declared =
      file.bytes === media.bytes && file.sha256 === media.sha256 && isOfType(media.type, file.beginning);
    if (!declared) return refused('MEDIA_NOT_AS_DECLARED');
    const days = isPerson(owner) ? UNSENT_DAYS : this.configuration.settings.MEDIA_KEEP_DAYS;
    const expiresAt = new Date(now.getTime() + days * DAY_MS);
    const kept = await this.database.transaction(scopeOf(owner), async (tx) => {
      const stored = await this.store.stored(tx, media.id, now, expiresAt);
      if (stored) await this.audit.recordDone(tx);
      return stored;
    });
    return kept ? { ...media, state: 'STORED', expiresAt } : refused('MEDIA_NOT_FOUND');
  }
}

function refused(reason: MediaReason): Refused<MediaReason> {
  return new Refused(reason, MEDIA_REASONS[reason].message, null);
}
