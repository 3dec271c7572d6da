import type { PersonKey, Transaction } from '@assent/platform';

/**
 * What ends when a number is proved by somebody new: all that its former owner was here. Provided by the library that
 * knows all that is held about a person. There is no default: without it the former owner's messages would go on to
 * reach them, so a platform in which nothing provides it must not start.
 */
export abstract class EndOfPerson {
  /**
   * Ends a person in the transaction `tx` of the role `gate`, under their guard, as if they had erased themselves.
   * @returns when they ended; undefined where they were gone already
   */
  abstract giveWay(tx: Transaction, person: PersonKey): Promise<Date | undefined>;
}
