import { setTimeout as wait } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type CarrierName, Carriers } from '@assent/carriers';
import { HandOverMessages, OpenSmsCarrier, SweepHandOffs } from '@assent/messaging';
import { Hints, LOGGER } from '@assent/platform';
import type { Logger } from 'pino';

/** A hint says that something may be due; polling is for hints that are lost, for what waited, and for a carrier that has room again. */
const POLL_MS = 250;
const SWEEP_MS = 60_000;
const AFTER_FAILURE_MS = 1_000;

/** Serves each configured carrier in a loop of its own until the process stops. */
@Injectable()
export class HandOverLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[] = [];

  constructor(
    private readonly carriers: Carriers,
    private readonly opening: OpenSmsCarrier,
    private readonly handOver: HandOverMessages,
    private readonly sweeping: SweepHandOffs,
    private readonly hints: Hints,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { push, sms } = this.carriers;
    this.opening.execute();
    if (push) this.loops.push(this.serve('PUSH'));
    if (sms) this.loops.push(this.serve('SMS'));
    // Also where no carrier is configured any more: what waits for one ends in time.
    this.loops.push(
      this.repeat(async () => {
        await this.sweeping.execute();
        await this.pause(SWEEP_MS);
      }),
    );
  }

  /** Lets what is on its way arrive, while the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
    await this.handOver.ended();
  }

  private serve(name: CarrierName): Promise<void> {
    return this.repeat(async () => {
      const woken = this.hints.next('hand-offs', POLL_MS, this.stopping.signal);
      if (!(await this.handOver.execute(name))) await woken;
    });
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        this.log.error({ err: error }, 'Handing over to carriers failed; trying again');
        await this.pause(AFTER_FAILURE_MS);
      }
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return wait(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
