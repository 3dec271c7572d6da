interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** How items are gathered. */
export interface GathererLimits<Item> {
  /** Most of them in a batch. */
  batch: number;
  /** Most batches at a time. */
  parallel: number;
  /** For how many an item counts that is not like others, up to `batch`; by default for one. */
  weigh?: (item: Item) => number;
}

/**
 * Gathers items that arrive together into batches, because one statement for 500 rows costs little more than one for 1.
 * There is no timer: an item goes at once while fewer than `parallel` batches are under way (together with
 * what arrived in the same turn of the event loop), and otherwise with the next batch.
 */
export class Gatherer<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = 0;
  private scheduled = false;

  /** @param work answers a batch, one result for each item, in order */
  constructor(
    private readonly work: (items: Item[]) => Promise<Result[]>,
    private readonly limits: GathererLimits<Item>,
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
      void this.run(this.waiting.splice(0, this.together()));
    }
  }

  /** How many of those that wait longest go together: one at least. */
  private together(): number {
    const { batch, weigh = () => 1 } = this.limits;
    let weight = 0;
    const first = this.waiting.findIndex(({ item }) => (weight += weigh(item)) > batch);
    return first === -1 ? this.waiting.length : Math.max(1, first);
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
