import type { Transaction } from '@assent/platform';

/** A message that became visible. */
export interface VisibleMessage {
  lane: number;
  id: string;
}

/**
 * What follows when test persons see messages; provided by the library that plays them. There is no default: without it
 * nothing in test mode would ever be delivered.
 */
export abstract class TestReactions {
  /** Within the transaction of the role `engine` that makes the messages visible, so that none is forgotten. */
  abstract expect(tx: Transaction, messages: readonly VisibleMessage[]): Promise<void>;
}
