interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers single items that arrive together into batches, because one statement for 500 rows costs little more than
 * one for 1. There is no timer: an item goes at once while fewer than `parallel` batches are under way (together with
 * what arrived in the same turn of the event loop), and otherwise with the next batch.
 */
export class Gatherer<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;
  private scheduled = false;

  /**
   * @param work answers a batch, one result for each item, in order
   * @param limits most items in a batch, and most batches at a time
   */
  constructor(
    private readonly work: (items: Item[]) => Promise<Result[]>,
    private readonly limits: { batch: number; parallel: number },
  ) {}

  /** The result for one item; rejects when its batch fails. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.scheduled || this.running >= this.limits.parallel) return;
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  private start(): void {
    while (this.waiting.length > 0 && this.running < this.limits.parallel) {
      void this.run(this.waiting.splice(0, this.limits.batch));
    }
  }

  private async run(batch: Waiting<Item, Result>[]): Promise<void> {
    this.running++;
    try {
      const results = await this.work(batch.map(({ item }) => item));
      if (results.length !== batch.length)
        throw new Error(`A batch of ${batch.length} got ${results.length} results`);
      results.forEach((result, at) => batch[at]?.resolve(result));
    } catch (error) {
      batch.forEach(({ reject }) => {
        reject(error);
      });
    } finally {
      this.running--;
      this.start();
    }
  }
}
