import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '@assent/platform';

/** Length of a mark: enough to tell the numbers of one business apart, and half of what an index of numbers would be. */
export const MARK_BYTES = 16;

/** Marks of the numbers that a business asked for: keyed, different for each business, of no use to anyone else. */
@Injectable()
export class MatchMarks {
  private readonly key: KeyObject;

  constructor(keys: KeyRing) {
    // The first key version for ever: under a new one a business would pay again for what it asked for yesterday.
    this.key = createSecretKey(keys.derive('match-mark', 1));
  }

  /** The mark of a number (E.164) for a business. */
  of(businessId: string, e164: string): Buffer {
    return createHmac('sha256', this.key).update(`${businessId}\n${e164}`).digest().subarray(0, MARK_BYTES);
  }
}
