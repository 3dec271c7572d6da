import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { type Configuration, type KeyRing, publicId } from '@assent/platform';
import type { MediaFacts } from '../domain/media.js';
import { lookAt, MediaStorage, type SignedRequest, type StoredFile } from './media-storage.js';
import { UrlSigner } from './url-signer.js';

/** The platform's own store: files in the data directory, which its API serves by URLs that it signs. */
export class FileStorage extends MediaStorage {
  readonly signer: UrlSigner;
  private readonly directory: string;
  private readonly url: string;

  constructor({ settings, publicUrl }: Configuration, keys: KeyRing) {
    super();
    this.signer = new UrlSigner(keys);
    this.directory = join(settings.DATA_DIRECTORY, 'media');
    this.url = `${publicUrl}/media`;
  }

  upload({ id }: MediaFacts, at: Date, seconds: number): SignedRequest {
    return {
      url: this.signed('PUT', id, '', at, seconds),
      headers: { 'content-type': 'application/octet-stream' },
    };
  }

  download({ id }: MediaFacts, name: string | null, at: Date, seconds: number): string {
    return this.signed('GET', id, name ?? '', at, seconds);
  }

  async put(media: MediaFacts, bytes: Buffer): Promise<void> {
    if (!(await this.store(media, Readable.from([bytes]))))
      throw new Error('The bytes are not what was declared');
  }

  async look(media: MediaFacts): Promise<StoredFile | undefined> {
    try {
      return await lookAt(createReadStream(this.pathOf(media.id)) as AsyncIterable<Buffer>, media);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  /** Reads a file; fails with ENOENT where it is gone. */
  async read(id: string): Promise<Readable> {
    const file = await open(this.pathOf(id), 'r');
    return file.createReadStream();
  }

  /**
   * Stores what arrives, in bounded memory: whole and on the disk, or not at all.
   * @returns false where it is not exactly what was declared; what is too long is not read to its end
   */
  async store(media: MediaFacts, arriving: AsyncIterable<Buffer>): Promise<boolean> {
    const path = this.pathOf(media.id);
    const half = `${path}.${randomBytes(8).toString('hex')}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(half, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of arriving) {
        bytes += chunk.length;
        if (bytes > media.bytes) return false;
        hash.update(chunk);
        await file.write(chunk);
      }
      const declared = { bytes: media.bytes, sha256: media.sha256 };
      if (!isDeepStrictEqual({ bytes, sha256: hash.digest('hex') }, declared)) return false;
      await file.sync();
      await rename(half, path);
      const directory = await open(dirname(path), 'r');
      await directory.sync().finally(() => directory.close());
      return true;
    } finally {
      await file.close();
      await rm(half, { force: true });
    }
  }

  /** Ids end in random bits, so files spread over folders. */
  private pathOf(id: string): string {
    return join(this.directory, id.slice(-2), id);
  }

  private signed(method: 'GET' | 'PUT', id: string, name: string, at: Date, seconds: number): string {
    const until = Math.floor(at.getTime() / 1_000) + seconds;
    const signature = this.signer.sign({ method, id, until, name });
    const query = new URLSearchParams({ until: String(until), ...(name ? { name } : {}), signature });
    return `${this.url}/${publicId('med', id)}?${query.toString()}`;
  }
}
