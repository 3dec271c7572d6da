import { createHash } from 'node:crypto';
import { BEGINNING_BYTES } from '../domain/media-type.js';
import type { MediaFacts } from '../domain/media.js';

/** A request that whoever has it can make, until then. */
export interface SignedRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** What is stored. */
export interface StoredFile {
  bytes: number;
  /** In hexadecimal digits. */
  sha256: string;
  beginning: Buffer;
}

/** Where the bytes of media are. */
export abstract class MediaStorage {
  /** A PUT of exactly these bytes. */
  abstract upload(media: MediaFacts, at: Date, seconds: number): SignedRequest;
  /** The URL of a GET that has a browser save the bytes, under a name. */
  abstract download(media: MediaFacts, name: string | null, at: Date, seconds: number): string;
  /** Puts bytes there that are what was declared. */
  abstract put(media: MediaFacts, bytes: Buffer, at: Date): Promise<void>;
  /** What is there; undefined: nothing. */
  abstract look(media: MediaFacts, at: Date): Promise<StoredFile | undefined>;
  /** Removes the bytes; those that are not there are removed already. */
  abstract remove(id: string, at: Date): Promise<void>;
}

/** Reads what is stored; of what has more bytes than were declared no more than shows that. */
export async function lookAt(
  chunks: AsyncIterable<Uint8Array>,
  { bytes: most }: MediaFacts,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  const beginning: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    if (bytes < BEGINNING_BYTES) beginning.push(chunk.subarray(0, BEGINNING_BYTES));
    bytes += chunk.length;
    if (bytes > most) break;
  }
  return { bytes, sha256: hash.digest('hex'), beginning: Buffer.concat(beginning) };
}
