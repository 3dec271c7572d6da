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
import { ReadReports } from '../../use-cases/read-reports.js';
import { ReportMessage } from '../../use-cases/report-message.js';
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
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Mutation(() => ReportMessageResult, {
    description:
      'Reports a message to the operator. It discloses this one message and your note, and not who you are; the business learns neither. Reporting it again answers as before. At most 20 in any 24 hours. Refusals: `REPORT_LIMIT`.',
  })
  async reportMessage(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: ReportMessageInput,
  ): Promise<typeof ReportMessageResult> {
    const outcome = await this.report.execute(viewer, input);
    if ('retryAt' in outcome) {
      return Object.assign(new MessageNotReported(), {
        reason: 'REPORT_LIMIT',
        message: REPORT_REASONS.REPORT_LIMIT.message,
        retryAt: outcome.retryAt,
      });
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
    return loaderOf(context, this.profiles, (ids: string[]) => this.profiles.byIds(ids)).load(
      stored.businessId,
    );
  }

  @ResolveField(() => String, { description: 'The message.' })
  text(@Parent() { stored }: MyReport): string {
    return this.read.disclosed(stored).text;
  }

  @ResolveField(() => String, { nullable: true, description: 'What you said of it.' })
  note(@Parent() { stored }: MyReport): string | null {
    return this.read.disclosed(stored).note;
  }

  private toReport({ personId }: PersonViewer, stored: Report): MyReport {
    const { kind, receivedAt, reportedAt, decision, decidedAt } = stored;
    const id = this.handles.seal(`person:${personId}`, 'rpt', stored.id);
    return { id, kind, receivedAt, reportedAt, decision, decidedAt, stored };
  }
}
