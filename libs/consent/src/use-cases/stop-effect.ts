import type { Transaction } from '@assent/platform';
import type { Stop } from '../domain/stop.js';

/**
 * What a stop does to what is already queued; provided by the library that queues. There is no default: a platform
 * in which nothing provides it must not start, because a stop there would only be half of one.
 */
export abstract class StopEffect {
  /**
   * Ends everything queued that the stop covers (a BLOCK or EVERYTHING covers every purpose), so that none of it can
   * become visible after `tx` commits. `tx` runs as the person and holds their guard row.
   */
  abstract suppress(tx: Transaction, stop: Stop): Promise<void>;
}
