import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessProfile, BusinessProfiles } from '@assent/accounts';
import { PersonViewer } from '@assent/people';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { REPORT_REASONS } from '../../domain/report-reasons.js';
import type { Report } from '../../domain/report.js';
import { ProveReport } from '../../use-cases/prove-report.js';
import { ReadReports } from '../../use-cases/read-reports.js';
import { ReportMessage } from '../../use-cases/report-message.js';
import { ReportedFile, ReportProof, toReportProof } from '../reported-message.types.js';
import {
  MessageNotReported,
  MyReport,
  MyReportConnection,
  ReportMessageInput,
  ReportMessagePayload,
  ReportMessageResult,
} from './report.types.js';

/** What a person reports. */
@Resolver(() => MyReport)
export class ReportResolver {
  constructor(
    private readonly report: ReportMessage,
    private readonly read: ReadReports,
    private readonly prove: ProveReport,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Mutation(() => ReportMessageResult, {
    description:
      'Reports a message to the operator. It discloses this one message and your note, and not who you are; the business learns neither. What was not sent to you can not be reported. Reporting it again answers as before. At most 20 in any 24 hours. Refusals: `REPORT_LIMIT`, `NOT_WHAT_WAS_SENT`, `STORED_MESSAGE_CHANGED`.',
  })
  async reportMessage(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: ReportMessageInput,
  ): Promise<typeof ReportMessageResult> {
    const outcome = await this.report.execute(viewer, input);
    if ('reason' in outcome) {
      const { reason, retryAt } = outcome;
      const { message } = REPORT_REASONS[reason];
      return Object.assign(new MessageNotReported(), { reason, message, retryAt });
    }
    return Object.assign(new ReportMessagePayload(), {
      report: this.toReport(viewer, outcome.report),
      repeated: outcome.repeated,
    });
  }

  @Permission('person')
  @Query(() => MyReportConnection, { description: 'What you reported, newest first.' })
  async reports(
    @CurrentViewer() viewer: PersonViewer,
    @Args() { first, after }: PageArgs,
  ): Promise<MyReportConnection> {
    const reports = await this.read.ofPerson(viewer, { first, after });
    return toConnection(
      reports,
      first,
      (report) => this.toReport(viewer, report),
      ({ id }) => this.handles.seal(`person:${viewer.personId}`, 'rpt', id),
    );
  }

  @ResolveField(() => BusinessProfile)
  business(@Parent() { stored }: MyReport, @Context() context: RequestContext) {
    return this.profileOf(stored, context);
  }

  @ResolveField(() => String, { description: 'The message.' })
  text(@Parent() { stored }: MyReport): string {
    return this.read.disclosed(stored).text;
  }

  @ResolveField(() => ReportedFile, {
    nullable: true,
    description: 'The file that went with it; null: none.',
  })
  media(@Parent() { stored }: MyReport): ReportedFile | null {
    return this.read.disclosed(stored).media;
  }

  @ResolveField(() => ReportProof, {
    nullable: true,
    description: 'What proves that the business sent it; null: it was sent before messages had proofs.',
  })
  proof(@Parent() { stored }: MyReport): ReportProof | null {
    const proof = this.prove.execute(stored);
    return proof && toReportProof(proof);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The same, signed, as JSON for `assent-verify`; cut `message` out of it to show it without the message. Null where nothing is proven.',
  })
  async receipt(@Parent() { stored }: MyReport, @Context() context: RequestContext): Promise<string | null> {
    const business = await this.profileOf(stored, context);
    const receipt = this.prove.receipt(stored, business?.displayName ?? '');
    return receipt && JSON.stringify(receipt, null, 2);
  }

  @ResolveField(() => String, { nullable: true, description: 'What you said of it.' })
  note(@Parent() { stored }: MyReport): string | null {
    return this.read.disclosed(stored).note;
  }

  private profileOf({ businessId }: Report, context: RequestContext) {
    return loaderOf(context, this.profiles, (ids: string[]) => this.profiles.byIds(ids)).load(businessId);
  }

  private toReport({ personId }: PersonViewer, stored: Report): MyReport {
    const { kind, receivedAt, reportedAt, decision, decidedAt } = stored;
    const id = this.handles.seal(`person:${personId}`, 'rpt', stored.id);
    return { id, kind, receivedAt, reportedAt, decision, decidedAt, stored };
  }
}
