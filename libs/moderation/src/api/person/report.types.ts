import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, Refusal, resultUnion } from '@assent/platform';
import type { Report } from '../../domain/report.js';
import { ReportDecision, ReportKind } from '../enums.js';

@InputType({ description: 'The file of a message, as your device read it.' })
export class ReceivedFileInput {
  @Field(() => String)
  type!: string;

  @Field(() => Int)
  bytes!: number;

  @Field(() => String)
  sha256!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

@InputType({ description: 'A message as your device read it.' })
export class ReceivedCopyInput {
  @Field(() => String)
  text!: string;

  @Field(() => ReceivedFileInput, { nullable: true })
  media?: ReceivedFileInput | null;

  @Field(() => String)
  proof!: string;
}

@InputType()
export class ReportMessageInput {
  @Field(() => ID, { description: 'A message that you received, `msg_…`.' })
  message!: string;

  @Field(() => ReportKind)
  kind!: ReportKind;

  @Field(() => String, { nullable: true, description: 'What is wrong, in 1 to 1,000 characters.' })
  note?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Block the business as well. That is never refused.',
  })
  alsoBlock!: boolean;

  @Field(() => ReceivedCopyInput, {
    nullable: true,
    description:
      'What your device holds of the message. It is reported if it is what was sent, also where the platform’s own copy was changed or erased. Left out: what the platform holds is reported.',
  })
  copy?: ReceivedCopyInput | null;
}

/** A person's report. */
@ObjectType({ description: 'A message that you reported.' })
export class MyReport {
  @Field(() => ID)
  id!: string;

  @Field(() => ReportKind)
  kind!: ReportKind;

  @Field(() => GraphQLISODateTime, { description: 'When you received the message (UTC).' })
  receivedAt!: Date;

  @Field(() => GraphQLISODateTime)
  reportedAt!: Date;

  @Field(() => ReportDecision, { nullable: true, description: 'Null: the operator has not decided yet.' })
  decision!: ReportDecision | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  /** What the fields that are loaded only when asked for need. */
  stored!: Report;
}

/** A page of reports. */
@ObjectType({ description: 'A page of your reports, newest first.' })
export class MyReportConnection extends connectionType(MyReport, 'MyReportConnection') {}

@ObjectType()
export class ReportMessagePayload {
  @Field(() => MyReport)
  report!: MyReport;

  @Field(() => Boolean, { description: 'You had reported this message before: this is that report.' })
  repeated!: boolean;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    '`REPORT_LIMIT`: 20 reports in any 24 hours. `NOT_WHAT_WAS_SENT`: the copy that you hand back is not this message. `STORED_MESSAGE_CHANGED`: the platform’s own copy was changed; hand back yours. A block that you asked for holds all the same.',
})
export class MessageNotReported extends Refusal {}

export const ReportMessageResult = resultUnion('ReportMessageResult', [
  ReportMessagePayload,
  MessageNotReported,
]);
