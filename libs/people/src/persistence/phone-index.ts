import { Injectable } from '@nestjs/common';
import { KeyRing, type MacKey } from '@assent/platform';

/** Where a number stands in the directory: nothing that could be turned back into it without the key. */
export interface NumberIndex {
  /** First ten bits of the index, 0–1023. */
  bucket: number;
  /** HMAC-SHA-256 of the E.164 number. */
  index: Buffer;
  /** Version of the key that made it. */
  version: number;
  /** HMAC-SHA-256 of the same number under a key of its own: what a tombstone holds of it. */
  tombstone: Buffer;
}

/**
 * The keyed index of phone numbers. A plain hash would be no protection, since all numbers can be tried in hours.
 * Numbers are E.164 throughout.
 */
@Injectable()
export class PhoneIndex {
  /** Derived once: deriving costs more than indexing a number does. */
  private readonly keyed = new Map<number, { index: MacKey; tombstone: MacKey }>();

  constructor(private readonly keys: KeyRing) {}

  /** The index under the current key: the one that new entries are written with. */
  current(e164: string): NumberIndex {
    return this.under(this.keys.current, e164);
  }

  /**
   * The index under the version that is kept for good. Tombstones are laid with it: nobody can make their marks anew,
   * as the numbers behind them are gone.
   */
  forGood(e164: string): NumberIndex {
    return this.under(1, e164);
  }

  /**
   * The index under every key version, newest first: a number may still be entered under an older one. A few µs for
   * each, so whoever has thousands of numbers lets others have a turn in between.
   */
  everyVersion(e164: string): NumberIndex[] {
    return this.keys.versions.map((version) => this.under(version, e164));
  }

  private under(version: number, e164: string): NumberIndex {
    let keys = this.keyed.get(version);
    if (!keys) {
      keys = {
        index: this.keys.macKey('phone-index', version),
        tombstone: this.keys.macKey('number-tombstone', version),
      };
      this.keyed.set(version, keys);
    }
    const index = keys.index.of(e164);
    const tombstone = keys.tombstone.of(e164);
    return { bucket: index.readUInt16BE(0) >> 6, index, version, tombstone };
  }
}
