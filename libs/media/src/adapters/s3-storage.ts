import { attachment } from '../domain/disposition.js';
import type { MediaFacts } from '../domain/media.js';
import { presign, type S3Access } from './presign.js';
import { lookAt, MediaStorage, type SignedRequest, type StoredFile } from './media-storage.js';

/** For requests of the platform itself. */
const OWN_SECONDS = 300;
const TIMEOUT_MS = 60_000;

/** The operator's object store, by the S3 API. Bytes go between it and clients; the platform only looks at them once. */
export class S3Storage extends MediaStorage {
  /** @param bucket URL of the bucket, without a slash at its end */
  constructor(
    private readonly bucket: string,
    private readonly access: S3Access,
  ) {
    super();
  }

  /** Size, type and hash are signed: the store refuses anything else. */
  upload({ id, type, bytes, sha256 }: MediaFacts, at: Date, seconds: number): SignedRequest {
    const headers = {
      'content-length': String(bytes),
      'content-type': type,
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
    };
    const url = presign(this.access, { method: 'PUT', url: this.urlOf(id), headers, at, seconds });
    return { url, headers };
  }

  download({ id, type }: MediaFacts, name: string | null, at: Date, seconds: number): string {
    const url = this.urlOf(id);
    url.searchParams.set('response-content-disposition', attachment(name));
    url.searchParams.set('response-content-type', type);
    return presign(this.access, { method: 'GET', url, at, seconds });
  }

  async put(media: MediaFacts, bytes: Buffer, at: Date): Promise<void> {
    const { url, headers } = this.upload(media, at, OWN_SECONDS);
    const body = new Uint8Array(bytes);
    const response = await fetch(url, { method: 'PUT', headers, body, ...limits() });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The object store answered ${response.status}`);
  }

  /** Reads all of it once: not every store keeps or tells the hash. */
  async look(media: MediaFacts, at: Date): Promise<StoredFile | undefined> {
    const response = await this.request('GET', media.id, at);
    if (response.status === 404) return undefined;
    if (!response.ok || !response.body) throw new Error(`The object store answered ${response.status}`);
    return lookAt(response.body, media);
  }

  async remove(id: string, at: Date): Promise<void> {
    const response = await this.request('DELETE', id, at);
    await response.body?.cancel();
    if (!response.ok && response.status !== 404)
      throw new Error(`The object store answered ${response.status}`);
  }

  private request(method: 'GET' | 'DELETE', id: string, at: Date): Promise<Response> {
    const url = presign(this.access, { method, url: this.urlOf(id), at, seconds: OWN_SECONDS });
    return fetch(url, { method, ...limits() });
  }

  private urlOf(id: string): URL {
    return new URL(`${this.bucket}/media/${id}`);
  }
}

/** Of a request of the platform itself. */
function limits(): RequestInit {
  return { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) };
}
