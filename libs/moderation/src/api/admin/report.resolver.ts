import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AdminViewer } from '@assent/accounts';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  PageArgs,
  Permission,
  publicId,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { REPORT_REASONS } from '../../domain/report-reasons.js';
import { DecideReport, type HandledReport } from '../../use-cases/decide-report.js';
import { ProveReport } from '../../use-cases/prove-report.js';
import { type OperatorReport as StoredReport, ReadReports } from '../../use-cases/read-reports.js';
import { ReportedFile, ReportProof, toReportProof } from '../reported-message.types.js';
import {
  ClaimReportInput,
  DecideReportInput,
  HandleReportPayload,
  HandleReportResult,
  OperatorReport,
  OperatorReportConnection,
  ReportNotHandled,
  ReportStep,
} from './report.types.js';

/** Reports of people, for the operator to decide. */
@Resolver(() => OperatorReport)
export class OperatorReportResolver {
  constructor(
    private readonly read: ReadReports,
    private readonly decisions: DecideReport,
    private readonly prove: ProveReport,
    private readonly handles: Handles,
  ) {}

  @Permission('reviews:decide')
  @Query(() => OperatorReportConnection, { description: 'Messages that people reported, oldest first.' })
  async reports(
    @Args() { first, after }: PageArgs,
    @Args('open', {
      type: () => Boolean,
      nullable: true,
      description: 'True: only those that nobody has decided; false: only the others.',
    })
    open: boolean | null,
  ): Promise<OperatorReportConnection> {
    const reports = await this.read.ofAll(open, { first, after });
    return toConnection(
      reports,
      first,
      (report) => this.toReport(report),
      ({ id }) => this.handleOf(id),
    );
  }

  @Permission('reviews:decide')
  @Mutation(() => HandleReportResult, {
    description:
      'Takes a report for 30 minutes, so that no two admins work on one. Refusals: `ALREADY_DECIDED`, `CLAIMED_BY_ANOTHER`.',
  })
  async claimReport(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ClaimReportInput,
  ): Promise<typeof HandleReportResult> {
    return this.toResult(await this.decisions.claim(viewer, input));
  }

  @Permission('reviews:decide')
  @Mutation(() => HandleReportResult, {
    description:
      'Decides a report, for good. One that is dismissed does not count for the quality of the business, one that is upheld counts twice. Refusals: `ALREADY_DECIDED`, `CLAIMED_BY_ANOTHER`.',
  })
  async decideReport(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: DecideReportInput,
  ): Promise<typeof HandleReportResult> {
    return this.toResult(await this.decisions.decide(viewer, input));
  }

  @ResolveField(() => String, { description: 'The message.' })
  text(@Parent() { stored }: OperatorReport): string {
    return this.read.disclosed(stored).text;
  }

  @ResolveField(() => ReportedFile, {
    nullable: true,
    description: 'The file that went with it; null: none.',
  })
  media(@Parent() { stored }: OperatorReport): ReportedFile | null {
    return this.read.disclosed(stored).media;
  }

  @ResolveField(() => ReportProof, {
    nullable: true,
    description: 'What proves that the business sent it; null: it was sent before messages had proofs.',
  })
  proof(@Parent() { stored }: OperatorReport): ReportProof | null {
    const proof = this.prove.execute(stored);
    return proof && toReportProof(proof);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The same, signed, as JSON for `assent-verify`; cut `message` out of it to show it without the message. Null where nothing is proven.',
  })
  receipt(@Parent() { stored }: OperatorReport): string | null {
    const receipt = this.prove.receipt(stored, stored.businessName);
    return receipt && JSON.stringify(receipt, null, 2);
  }

  @ResolveField(() => String, { nullable: true, description: 'What the person says of it.' })
  note(@Parent() { stored }: OperatorReport): string | null {
    return this.read.disclosed(stored).note;
  }

  @ResolveField(() => [ReportStep], { description: 'What was done about it, oldest first.' })
  async history(
    @Parent() { stored }: OperatorReport,
    @Context() context: RequestContext,
  ): Promise<ReportStep[]> {
    const load = (ids: string[]) => this.read.steps(ids);
    const steps = (await loaderOf(context, this.read, load).load(stored.id)) ?? [];
    return steps.map(({ at, adminId, step }) => ({ at, adminId: publicId('adm', adminId), step }));
  }

  private toResult({ report: stored, done }: HandledReport): typeof HandleReportResult {
    const report = this.toReport(stored);
    if (done) return Object.assign(new HandleReportPayload(), { report });
    return Object.assign(
      new ReportNotHandled(),
      stored.decision === null
        ? {
            reason: 'CLAIMED_BY_ANOTHER',
            message: REPORT_REASONS.CLAIMED_BY_ANOTHER.message,
            retryAt: stored.claimedUntil,
            report,
          }
        : {
            reason: 'ALREADY_DECIDED',
            message: `This report was decided before: it is ${stored.decision}.`,
            retryAt: null,
            report,
          },
    );
  }

  private toReport(stored: StoredReport): OperatorReport {
    const { businessName, kind, receivedAt, reportedAt, claimedUntil, decision, decisionNote, decidedAt } =
      stored;
    return {
      id: this.handleOf(stored.id),
      businessId: publicId('biz', stored.businessId),
      businessName,
      kind,
      receivedAt,
      reportedAt,
      claimedBy: stored.claimedBy && publicId('adm', stored.claimedBy),
      claimedUntil,
      decision,
      decisionNote,
      decidedBy: stored.decidedBy && publicId('adm', stored.decidedBy),
      decidedAt,
      stored,
    };
  }

  /** All of the operator's staff know a report by the same id. */
  private handleOf(id: string): string {
    return this.handles.seal('operator', 'rpt', id);
  }
}
