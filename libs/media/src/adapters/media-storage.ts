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
  /** What is there; undefined: nothing. */
  abstract look(media: MediaFacts, at: Date): Promise<StoredFile | undefined>;
  /** Removes the bytes; those that are not there are removed already. */
  abstract remove(id: string, at: Date): Promise<void>;
}
