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
import { ExtendAuditLog } from '@assent/ledger';
import { ForgetImports, RunImports } from '@assent/matching';
import { ForgetMedia } from '@assent/media';
import {
  CountQueued,
  DispatchMessages,
  ForgetCarrierAnswers,
  ReleaseHeld,
  TellOfKillSwitches,
} from '@assent/messaging';
import { ForgetExpired } from '@assent/people';
import { Database, Hints, LOGGER, RequestBudgets, Tracing } from '@assent/platform';
import { BuildExports, ForgetExports, SweepErasures } from '@assent/privacy';
import { DeliverWebhooks, FeedEndpoints, TellOwners } from '@assent/webhooks';
import { PlayTurns, SweepSandboxes } from '@assent/sandbox';
import type { Logger } from 'pino';
import { Loops } from './loops.js';
import { StandingBack } from './standing-back.js';

/** Hints wake dispatch at once; polling is for those that are lost, and for what became due. */
const POLL_MS = 250;
const EXPORT_POLL_MS = 5_000;
const JUDGE_POLL_MS = 5_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Runs dispatch and upkeep until the process stops. All of it may run in any number of processes at the same time. */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loops: Loops;
  private readonly standingBack: StandingBack;

  constructor(
    private readonly dispatch: DispatchMessages,
    private readonly stops: CompleteStops,
    private readonly consentLog: ExtendLog,
    private readonly auditLog: ExtendAuditLog,
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
    private readonly switchNews: TellOfKillSwitches,
    private readonly queued: CountQueued,
    private readonly media: ForgetMedia,
    private readonly database: Database,
    private readonly hints: Hints,
    tracing: Tracing,
    @Inject(LOGGER) log: Logger,
  ) {
    this.loops = new Loops(log, tracing);
    this.standingBack = new StandingBack(hints, this.loops);
  }

  onApplicationBootstrap(): void {
    this.loops.repeat('dispatch', () => this.dispatchOrWait());
    // A second one, so that the process has something to do while the database does something for the first.
    this.loops.repeat('dispatch', async () => {
      await this.standingBack.whileStopping();
      await this.dispatchOrWait();
    });
    this.loops.every(SECOND, 'stops', () => this.stops.execute());
    this.loops.drain(POLL_MS, 'consent log', () => this.consentLog.execute());
    this.loops.drain(SECOND, 'audit log', () => this.auditLog.execute());
    this.loops.drainWoken(
      () => this.hints.next('exports', EXPORT_POLL_MS, this.loops.signal),
      'exports',
      () => this.exports.execute(this.loops.signal),
    );
    this.loops.every(MINUTE, 'expired exports', () => this.expiredExports.execute());
    this.loops.drain(SECOND, 'erasures', () => this.erasures.execute());
    this.loops.drainWoken(
      () => this.hints.next('test-turns', SECOND, this.loops.signal),
      'test persons',
      () => this.testTurns.execute(),
    );
    this.loops.drain(SECOND, 'retired sandboxes', () => this.sandboxes.execute());
    this.loops.every(10 * MINUTE, 'double check', () =>
      this.ledgerCheck.execute({ stopping: this.loops.signal }),
    );
    this.loops.drainWoken(
      () => this.hints.next('imports', SECOND, this.loops.signal),
      'imports of opt-ins',
      () => this.imports.execute(),
    );
    this.loops.every(MINUTE, 'old imports', () => this.oldImports.execute());
    this.loops.drain(POLL_MS, 'feeding of webhooks', () => this.feed());
    this.loops.repeat(
      'webhooks',
      () => this.postOrWait(),
      () => this.webhooks.ended(),
    );
    this.loops.every(MINUTE, 'mail about webhooks', () => this.owners.execute());
    this.loops.every(MINUTE, 'notices to owners', () => this.ownerNotices.execute());
    this.loops.drain(SECOND, 'stops for quality', () => this.stopsForQuality.execute());
    this.loops.drain(JUDGE_POLL_MS, 'quality', () => this.quality.execute());
    this.loops.every(HOUR, 'reach tiers', () => this.reachTiers.execute());
    this.loops.every(MINUTE, 'restrictions', () => this.restrictions.execute());
    this.loops.every(MINUTE, 'pauses of templates', () => this.templatePauses.execute());
    this.loops.every(5 * SECOND, 'held messages', () => this.held.execute());
    this.loops.every(5 * SECOND, 'news of kill switches', () => this.switchNews.execute());
    this.loops.every(10 * SECOND, 'count of what is queued', () => this.queued.execute());
    this.loops.every(MINUTE, 'expired media', () => this.media.execute());
    this.loops.every(HOUR, 'partitions', () => this.ensurePartitions());
    this.loops.every(HOUR, 'old notices', () => this.oldNotices.execute());
    this.loops.every(HOUR, 'answers to carriers', () => this.carrierAnswers.execute());
    this.loops.every(MINUTE, 'expired sign-ins', () => this.expiredSignIns.execute());
    this.loops.every(MINUTE, 'budgets of requests', () => this.requestBudgets.forget());
    this.loops.every(MINUTE, 'expired codes and sessions', () => this.expired.execute());
  }

  /** Lets the rounds under way end, while the database is still there. */
  beforeApplicationShutdown(): Promise<void> {
    return this.loops.stop();
  }

  private async dispatchOrWait(): Promise<void> {
    // Listening begins before looking: what is accepted in between still wakes this loop.
    const woken = this.hints.next('queue', POLL_MS, this.loops.signal);
    if (!(await this.dispatch.execute())) await woken;
  }

  private async feed(): Promise<boolean> {
    const fed = await this.feeds.execute();
    if (fed) this.hints.send(['webhooks']);
    return fed;
  }

  private async postOrWait(): Promise<void> {
    const woken = this.hints.next('webhooks', POLL_MS, this.loops.signal);
    if (await this.webhooks.execute(this.loops.signal)) return;
    await (this.webhooks.busy ? Promise.race([woken, this.webhooks.oneEnded()]) : woken);
  }

  private async ensurePartitions(): Promise<void> {
    await this.database.rows({ role: 'engine' }, { text: 'SELECT assent_ensure_partitions()' });
    await this.database.rows({ role: 'engine' }, { text: 'SELECT assent_drop_partitions()' });
  }
}
