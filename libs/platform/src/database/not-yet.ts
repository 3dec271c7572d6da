/** Thrown in a transaction that can not be made yet: it is undone, and tried again in a moment. */
export class NotYet extends Error {
  /** @param waitMs before the next try */
  constructor(
    readonly waitMs: number,
    what: string,
  ) {
    super(what);
  }
}
