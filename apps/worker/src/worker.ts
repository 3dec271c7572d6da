import { setTimeout as wait } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ForgetExpiredSignIns, MailOwnerNotices } from '@assent/accounts';
import { CheckLedger, CompleteStops, ExtendLog, ForgetOldNotices } from '@assent/consent';
import {
  JudgeQuality,
  PauseTemplatesByQuality,
  RaiseReachTiers,
  ReadStops,
  RestrictByQuality,
} from '@assent/limits';
import { ForgetImports, RunImports } from '@assent/matching';
import { DispatchMessages, ForgetCarrierAnswers, ReleaseHeld } from '@assent/messaging';
import { ForgetExpired } from '@assent/people';
import { Database, Hints, LOGGER, RequestBudgets } from '@assent/platform';
import { BuildExports, ForgetExports, SweepErasures } from '@assent/privacy';
import { DeliverWebhooks, FeedEndpoints, TellOwners } from '@assent/webhooks';
import { PlayTurns, SweepSandboxes } from '@assent/sandbox';
import type { Logger } from 'pino';

const DISPATCH_LOOPS = 2;
/** Hints wake dispatch at once; polling is for those that are lost, and for what became due. */
const POLL_MS = 250;
const EXPORT_POLL_MS = 5_000;
const JUDGE_POLL_MS = 5_000;
const AFTER_FAILURE_MS = 1_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Runs dispatch and upkeep until the process stops. All of it may run in any number of processes at the same time. */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[] = [];

  constructor(
    private readonly dispatch: DispatchMessages,
    private readonly stops: CompleteStops,
    private readonly consentLog: ExtendLog,
    private readonly ledgerCheck: CheckLedger,
    private readonly oldNotices: ForgetOldNotices,
    private readonly carrierAnswers: ForgetCarrierAnswers,
    private readonly imports: RunImports,
    private readonly oldImports: ForgetImports,
    private readonly expired: ForgetExpired,
    private readonly expiredSignIns: ForgetExpiredSignIns,
    private readonly exports: BuildExports,
    private readonly expiredExports: ForgetExports,
    private readonly erasures: SweepErasures,
    private readonly feeds: FeedEndpoints,
    private readonly webhooks: DeliverWebhooks,
    private readonly owners: TellOwners,
    private readonly ownerNotices: MailOwnerNotices,
    private readonly requestBudgets: RequestBudgets,
    private readonly stopsForQuality: ReadStops,
    private readonly quality: JudgeQuality,
    private readonly reachTiers: RaiseReachTiers,
    private readonly restrictions: RestrictByQuality,
    private readonly testTurns: PlayTurns,
    private readonly sandboxes: SweepSandboxes,
    private readonly templatePauses: PauseTemplatesByQuality,
    private readonly held: ReleaseHeld,
    private readonly database: Database,
    private readonly hints: Hints,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    for (let loop = 0; loop < DISPATCH_LOOPS; loop++) {
      this.loops.push(this.repeat('dispatch', () => this.dispatchOrWait()));
    }
    this.loops.push(this.every(SECOND, 'stops', () => this.stops.execute()));
    this.loops.push(this.repeat('consent log', () => this.extendLogOrWait()));
    this.loops.push(this.repeat('exports', () => this.exportOrWait()));
    this.loops.push(this.every(MINUTE, 'expired exports', () => this.expiredExports.execute()));
    this.loops.push(this.repeat('erasures', () => this.sweepErasuresOrWait()));
    this.loops.push(this.repeat('test persons', () => this.playOrWait()));
    this.loops.push(this.repeat('retired sandboxes', () => this.sweepSandboxesOrWait()));
    this.loops.push(
      this.every(10 * MINUTE, 'double check', () =>
        this.ledgerCheck.execute({ stopping: this.stopping.signal }),
      ),
    );
    this.loops.push(this.repeat('imports of opt-ins', () => this.importOrWait()));
    this.loops.push(this.every(MINUTE, 'old imports', () => this.oldImports.execute()));
    this.loops.push(this.repeat('feeding of webhooks', () => this.feedOrWait()));
    this.loops.push(this.repeat('webhooks', () => this.postOrWait()).then(() => this.webhooks.ended()));
    this.loops.push(this.every(MINUTE, 'mail about webhooks', () => this.owners.execute()));
    this.loops.push(this.every(MINUTE, 'notices to owners', () => this.ownerNotices.execute()));
    this.loops.push(this.repeat('stops for quality', () => this.readStopsOrWait()));
    this.loops.push(this.repeat('quality', () => this.judgeOrWait()));
    this.loops.push(this.every(HOUR, 'reach tiers', () => this.reachTiers.execute()));
    this.loops.push(this.every(MINUTE, 'restrictions', () => this.restrictions.execute()));
    this.loops.push(this.every(MINUTE, 'pauses of templates', () => this.templatePauses.execute()));
    this.loops.push(this.every(5 * SECOND, 'held messages', () => this.held.execute()));
    this.loops.push(this.every(HOUR, 'partitions', () => this.ensurePartitions()));
    this.loops.push(this.every(HOUR, 'old notices', () => this.oldNotices.execute()));
    this.loops.push(this.every(HOUR, 'answers to carriers', () => this.carrierAnswers.execute()));
    this.loops.push(this.every(MINUTE, 'expired sign-ins', () => this.expiredSignIns.execute()));
    this.loops.push(this.every(MINUTE, 'budgets of requests', () => this.requestBudgets.forget()));
    this.loops.push(this.every(MINUTE, 'expired codes and sessions', () => this.expired.execute()));
  }

  /** Lets the rounds under way end, while the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async dispatchOrWait(): Promise<void> {
    // Listening begins before looking: what is accepted in between still wakes this loop.
    const woken = this.hints.next('queue', POLL_MS, this.stopping.signal);
    if (!(await this.dispatch.execute())) await woken;
  }

  private async extendLogOrWait(): Promise<void> {
    if (!(await this.consentLog.execute())) await this.pause(POLL_MS);
  }

  private async exportOrWait(): Promise<void> {
    const woken = this.hints.next('exports', EXPORT_POLL_MS, this.stopping.signal);
    if (!(await this.exports.execute(this.stopping.signal))) await woken;
  }

  private async sweepErasuresOrWait(): Promise<void> {
    if (!(await this.erasures.execute())) await this.pause(SECOND);
  }

  private async playOrWait(): Promise<void> {
    const woken = this.hints.next('test-turns', SECOND, this.stopping.signal);
    if (!(await this.testTurns.execute())) await woken;
  }

  private async sweepSandboxesOrWait(): Promise<void> {
    if (!(await this.sandboxes.execute())) await this.pause(SECOND);
  }

  private async importOrWait(): Promise<void> {
    const woken = this.hints.next('imports', SECOND, this.stopping.signal);
    if (!(await this.imports.execute())) await woken;
  }

  private async feedOrWait(): Promise<void> {
    if (await this.feeds.execute()) this.hints.send(['webhooks']);
    else await this.pause(POLL_MS);
  }

  private async postOrWait(): Promise<void> {
    const woken = this.hints.next('webhooks', POLL_MS, this.stopping.signal);
    if (await this.webhooks.execute(this.stopping.signal)) return;
    await (this.webhooks.busy ? Promise.race([woken, this.webhooks.oneEnded()]) : woken);
  }

  private async readStopsOrWait(): Promise<void> {
    if (!(await this.stopsForQuality.execute())) await this.pause(SECOND);
  }

  private async judgeOrWait(): Promise<void> {
    if (!(await this.quality.execute())) await this.pause(JUDGE_POLL_MS);
  }

  private async ensurePartitions(): Promise<void> {
    await this.database.rows({ role: 'engine' }, { text: 'SELECT assent_ensure_partitions()' });
    await this.database.rows({ role: 'engine' }, { text: 'SELECT assent_drop_partitions()' });
  }

  private every(pauseMs: number, name: string, work: () => Promise<unknown>): Promise<void> {
    return this.repeat(name, async () => {
      await work();
      await this.pause(pauseMs);
    });
  }

  private async repeat(name: string, work: () => Promise<void>): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await work();
      } catch (error) {
        this.log.error({ err: error }, `The worker's ${name} failed; trying again`);
        await this.pause(AFTER_FAILURE_MS);
      }
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return wait(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
