import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type CarrierName, Carriers } from '@assent/carriers';
import { HandOverMessages, OpenSmsCarrier, SweepHandOffs } from '@assent/messaging';
import { Hints, LOGGER, Tracing } from '@assent/platform';
import type { Logger } from 'pino';
import { Loops } from './loops.js';

/** A hint says that something may be due; polling is for hints that are lost, for what waited, and for a carrier that has room again. */
const POLL_MS = 250;
const SWEEP_MS = 60_000;

/** Serves each configured carrier in a loop of its own until the process stops. */
@Injectable()
export class HandOverLoops implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loops: Loops;

  constructor(
    private readonly carriers: Carriers,
    private readonly opening: OpenSmsCarrier,
    private readonly handOver: HandOverMessages,
    private readonly sweeping: SweepHandOffs,
    private readonly hints: Hints,
    tracing: Tracing,
    @Inject(LOGGER) log: Logger,
  ) {
    this.loops = new Loops(log, tracing);
  }

  onApplicationBootstrap(): void {
    const { push, sms } = this.carriers;
    this.opening.execute();
    if (push) this.serve('PUSH');
    if (sms) this.serve('SMS');
    // Also where no carrier is configured any more: what waits for one ends in time.
    this.loops.every(SWEEP_MS, 'sweeping of hand-offs', () => this.sweeping.execute());
  }

  /** Lets what is on its way arrive, while the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loops.stop();
    await this.handOver.ended();
  }

  private serve(name: CarrierName): void {
    this.loops.repeat(`hand-offs to ${name}`, async () => {
      const woken = this.hints.next('hand-offs', POLL_MS, this.loops.signal);
      if (!(await this.handOver.execute(name))) await woken;
    });
  }
}
