import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import type { OperatorReport as StoredReport } from '../../use-cases/read-reports.js';
import { ReportDecision, ReportKind, ReportStepKind } from '../enums.js';

@ObjectType({ description: 'Something that was done about a report.' })
export class ReportStep {
  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => ID, { description: 'Who did it, `adm_…`.' })
  adminId!: string;

  @Field(() => ReportStepKind)
  step!: ReportStepKind;
}

@ObjectType('Report', {
  description:
    'A message that was reported, with the business that sent it and without the person who reported it.',
})
export class OperatorReport {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'The business, `biz_…`.' })
  businessId!: string;

  @Field(() => String)
  businessName!: string;

  @Field(() => ReportKind)
  kind!: ReportKind;

  @Field(() => GraphQLISODateTime, { description: 'When the person received the message (UTC).' })
  receivedAt!: Date;

  @Field(() => GraphQLISODateTime)
  reportedAt!: Date;

  @Field(() => ID, { nullable: true, description: 'Who has it now, `adm_…`; null: nobody.' })
  claimedBy!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  claimedUntil!: Date | null;

  @Field(() => ReportDecision, { nullable: true, description: 'Null: nobody has decided yet.' })
  decision!: ReportDecision | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  decisionNote!: string | null;

  @Field(() => ID, { nullable: true, description: 'Who decided, `adm_…`.' })
  decidedBy!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  /** What the fields that are loaded only when asked for need. */
  stored!: StoredReport;
}

/** A page of reports. */
@ObjectType({ description: 'A page of reports, the oldest first.' })
export class OperatorReportConnection extends connectionType(OperatorReport, 'ReportConnection') {}

@InputType()
export class ClaimReportInput {
  @Field(() => ID)
  report!: string;
}

@InputType()
export class DecideReportInput {
  @Field(() => ID)
  report!: string;

  @Field(() => ReportDecision)
  decision!: ReportDecision;

  @Field(() => String, { description: 'Why, in 1 to 1,000 characters; for the history.' })
  note!: string;
}

@ObjectType()
export class HandleReportPayload {
  @Field(() => OperatorReport)
  report!: OperatorReport;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    '`ALREADY_DECIDED`: somebody has decided it. `CLAIMED_BY_ANOTHER`: another admin has it until `retryAt`.',
})
export class ReportNotHandled extends Refusal {
  @Field(() => OperatorReport, { description: 'As it is.' })
  report!: OperatorReport;
}

export const HandleReportResult = resultUnion('HandleReportResult', [HandleReportPayload, ReportNotHandled]);
