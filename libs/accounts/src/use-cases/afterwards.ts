import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER } from '@assent/platform';
import type { Logger } from 'pino';

/** Runs what an answer must not wait for; when it fails, that stands in the log, by an id. */
@Injectable()
export class Afterwards implements OnApplicationShutdown {
  private readonly running = new Set<Promise<void>>();

  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  /** Starts work now and returns at once. `what` says in the log what failed; the error's own words stay out of it. */
  run(what: string, work: () => Promise<void>): void {
    const run = work()
      .catch((error: unknown) => {
        this.log.error({ errorId: randomUUID(), err: withoutWords(error) }, what);
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** A process that stops finishes what it has promised. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.running);
  }
}

/** What may be logged of an error of a mail server: its message may name the address, its names and numbers do not. */
export function withoutWords(error: unknown): Record<string, unknown> {
  const { name, code, responseCode, command } = error as Record<string, unknown>;
  return { name, code, responseCode, command };
}
