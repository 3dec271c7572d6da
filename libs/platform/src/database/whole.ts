/** A transaction whose parts are transactions to those who make them. They share one connection, so they take turns. */
export class Whole<Tx> {
  private last: Promise<unknown> = Promise.resolve();
  /** What is begun from now on, by work that nobody waits for, is no part of it. */
  ended = false;

  constructor(readonly tx: Tx) {}

  /** Does `work` behind all that asked before, whatever became of that. */
  takeTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets the parts under way end, also those that nobody waits for. */
  async finish(): Promise<void> {
    this.ended = true;
    await this.last;
  }
}
