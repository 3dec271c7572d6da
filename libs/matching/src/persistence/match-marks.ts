import { Injectable } from '@nestjs/common';
import { KeyRing, type MacKey } from '@assent/platform';

/** Length of a mark: enough to tell the numbers of one business apart, and half of what an index of numbers would be. */
export const MARK_BYTES = 16;

/** Marks of the numbers that a business asked for: keyed, different for each business, of no use to anyone else. */
@Injectable()
export class MatchMarks {
  private readonly key: MacKey;

  constructor(keys: KeyRing) {
    // The first key version for ever: under a new one a business would pay again for what it asked for yesterday.
    this.key = keys.macKey('match-mark', 1);
  }

  /** The mark of a number (E.164) for a business. */
  of(businessId: string, e164: string): Buffer {
    return this.key.of(`${businessId}\n${e164}`).subarray(0, MARK_BYTES);
  }
}
