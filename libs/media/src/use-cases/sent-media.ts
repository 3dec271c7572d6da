import { Injectable } from '@nestjs/common';
import { Configuration, type PersonKey, type Transaction } from '@assent/platform';
import { MediaStorage } from '../adapters/media-storage.js';
import type { Media, MediaFacts } from '../domain/media.js';
import { MediaStore, type MediaUse } from '../persistence/media.store.js';

const DAY_MS = 24 * 3_600_000;
/** How long the URL of a download is good: long enough to begin one. */
export const DOWNLOAD_SECONDS = 900;

/** Media as messages go with them. */
@Injectable()
export class SentMedia {
  constructor(
    private readonly configuration: Configuration,
    private readonly storage: MediaStorage,
    private readonly store: MediaStore,
  ) {}

  /** Those of these media that their businesses can send; in the role `engine`. */
  sendable(
    tx: Transaction,
    asked: readonly { businessId: string; mediaId: string }[],
  ): Promise<Map<string, Media>> {
    return this.store.sendable(tx, asked);
  }

  /**
   * Keeps media for some days behind the last moment at which a message with them may become visible.
   * @returns false where one of them was removed meanwhile
   */
  use(tx: Transaction, uses: readonly MediaUse[]): Promise<boolean> {
    return this.store.use(
      tx,
      uses.map((use) => ({ ...use, until: this.keptUntil(use.until) })),
    );
  }

  /** One that a person can send, by its id; its row is locked. In the role `engine`, under their guard. */
  unsent(tx: Transaction, person: PersonKey, id: string): Promise<Media | undefined> {
    return this.store.unsent(tx, person, id);
  }

  /** It goes with a message of its person to a business, which becomes visible at this time. */
  async sent(tx: Transaction, { id }: MediaFacts, businessId: string, at: Date): Promise<void> {
    await this.store.sent(tx, id, businessId, this.keptUntil(at));
  }

  /** A URL from which the bytes can be had for a while, by whoever it is shown to. Once they are removed it answers 404. */
  url(media: MediaFacts, name: string | null): { url: string; expiresAt: Date } {
    // Only how long a URL is good hangs on this process's clock.
    const at = new Date();
    const expiresAt = new Date(at.getTime() + DOWNLOAD_SECONDS * 1_000);
    return { url: this.storage.download(media, name, at, DOWNLOAD_SECONDS), expiresAt };
  }

  private keptUntil(visible: Date): Date {
    return new Date(visible.getTime() + this.configuration.settings.MEDIA_KEEP_DAYS * DAY_MS);
  }
}
