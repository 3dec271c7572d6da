import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Database, parsePublicId } from '@assent/platform';
import { FileStorage } from '../adapters/file-storage.js';
import { MediaStorage } from '../adapters/media-storage.js';
import type { SignedAccess } from '../adapters/url-signer.js';
import type { Media } from '../domain/media.js';
import { MediaStore } from '../persistence/media.store.js';

/** What a request to the platform's own store presents. */
export interface PresentedUrl {
  id: string;
  until?: string;
  name?: string;
  signature?: string;
}

/** The platform's own store, as whoever has one of its URLs uses it. */
@Injectable()
export class OwnFiles {
  constructor(
    private readonly database: Database,
    private readonly storage: MediaStorage,
    private readonly store: MediaStore,
  ) {}

  /**
   * Takes the bytes of an upload.
   * @returns UNKNOWN where the URL is not good; DIFFERENT where they are not what was declared
   */
  async put(url: PresentedUrl, arriving: AsyncIterable<Buffer>): Promise<'STORED' | 'UNKNOWN' | 'DIFFERENT'> {
    const found = await this.find('PUT', url);
    // What was looked at never changes again.
    if (!found || found.media.state !== 'AWAITED') return 'UNKNOWN';
    return (await found.files.store(found.media, arriving)) ? 'STORED' : 'DIFFERENT';
  }

  /** The bytes behind a URL; undefined where it is not good, or they are gone. */
  async get(url: PresentedUrl): Promise<{ media: Media; name: string | null; bytes: Readable } | undefined> {
    const found = await this.find('GET', url);
    if (!found || found.media.state !== 'STORED') return undefined;
    try {
      const bytes = await found.files.read(found.media.id);
      return { media: found.media, name: url.name ?? null, bytes };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private async find(
    method: SignedAccess['method'],
    { id: publicId, until = '', name = '', signature = '' }: PresentedUrl,
  ): Promise<{ media: Media; files: FileStorage } | undefined> {
    const files = this.storage;
    const id = parsePublicId('med', publicId);
    if (!(files instanceof FileStorage) || !id || !/^\d{1,12}$/.test(until)) return undefined;
    if (!files.signer.holds({ method, id, until: Number(until), name }, signature)) return undefined;
    const [media, now] = await this.database.transaction({ role: 'engine' }, (tx) =>
      Promise.all([this.store.byId(tx, id), tx.now()]),
    );
    return media && Number(until) * 1_000 > now.getTime() ? { media, files } : undefined;
  }
}
