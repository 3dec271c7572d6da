import type { Logger } from 'pino';
import { Counter } from './meters.js';

const failures = new Counter(
  'assent_collections_failed_total',
  'Readings for a scrape that failed or took too long.',
  ['of'],
);

/** A reading may take so long; who scrapes waits 10 s at most. */
const PATIENCE_MS = 3_000;

/** What is read only when somebody looks: gauges of the pool, of the process, of queues in the database. */
export class Collectors {
  private readonly readings = new Map<string, () => Promise<void> | void>();

  constructor(private readonly log: Logger) {}

  add(name: string, read: () => Promise<void> | void): void {
    this.readings.set(name, read);
  }

  /** Does all readings; one that fails or hangs spoils no other. */
  async collect(): Promise<void> {
    await Promise.all([...this.readings].map(([name, read]) => this.one(name, read)));
  }

  private async one(name: string, read: () => Promise<void> | void): Promise<void> {
    let late: NodeJS.Timeout | undefined;
    try {
      const patience = new Promise<never>((_, reject) => {
        late = setTimeout(() => reject(new Error(`It took longer than ${PATIENCE_MS} ms`)), PATIENCE_MS);
      });
      await Promise.race([Promise.resolve(read()), patience]);
    } catch (error) {
      failures.add(1, name);
      this.log.warn({ err: error }, `The ${name} could not be read for a scrape`);
    } finally {
      clearTimeout(late);
    }
  }
}
