import { setTimeout as wait } from 'node:timers/promises';
import type { Tracing } from '@assent/platform';
import type { Logger } from 'pino';

const AFTER_FAILURE_MS = 1_000;

/** Work that goes on until the process stops; what fails is logged and tried again. */
export class Loops {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>[] = [];

  constructor(
    private readonly log: Logger,
    private readonly tracing: Tracing,
  ) {}

  /** Aborted when all of it is to end. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Does `work` over and over, without a pause. @param ended what is left to do after the last time */
  repeat(name: string, work: () => Promise<void>, ended?: () => Promise<void>): void {
    this.running.push(this.run(name, work).then(ended));
  }

  /** Does `work`, and again after a pause. */
  every(pauseMs: number, name: string, work: () => Promise<unknown>): void {
    this.repeat(name, async () => {
      await this.tracing.job(name, work);
      await this.pause(pauseMs);
    });
  }

  /** Does `work` again at once while there was something to do, and else after a pause. @param work whether there was */
  drain(pauseMs: number, name: string, work: () => Promise<boolean>): void {
    this.repeat(name, async () => {
      if (!(await this.tracing.job(name, work))) await this.pause(pauseMs);
    });
  }

  /**
   * The same, and wakes as soon as it is told to.
   * @param listen resolves when there may be something to do, or a while later. Listening begins before looking: what comes in between still wakes this loop
   */
  drainWoken(listen: () => Promise<void>, name: string, work: () => Promise<boolean>): void {
    this.repeat(name, async () => {
      const woken = listen();
      if (!(await this.tracing.job(name, work))) await woken;
    });
  }

  /** Waits, or until all of it is to end. */
  pause(milliseconds: number): Promise<void> {
    return wait(milliseconds, undefined, { signal: this.signal }).catch(() => undefined);
  }

  /** Lets the rounds under way end. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }

  private async run(name: string, work: () => Promise<void>): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await work();
      } catch (error) {
        this.log.error({ err: error }, `The worker's ${name} failed; trying again`);
        await this.pause(AFTER_FAILURE_MS);
      }
    }
  }
}
