import { Field, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';
import type { ProvenReport } from '../use-cases/prove-report.js';
import { DisclosedBy, StoredCopy } from './enums.js';

/** The file of a reported message. */
@ObjectType({
  description:
    'The file that went with a reported message, as the message described it. Its bytes are not disclosed.',
})
export class ReportedFile {
  @Field(() => String, { description: 'Its media type, such as image/jpeg.' })
  type!: string;

  @Field(() => Int)
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, { nullable: true, description: 'What it was to be saved as.' })
  name!: string | null;
}

/** What proves that a reported message was sent. */
@ObjectType({
  description:
    'What proves that a business sent exactly this, and when. It was found when the message was reported.',
})
export class ReportProof {
  @Field(() => Boolean, {
    description:
      'The message is what was sent, and business and times of the report are those that were found when it was made. False: somebody has changed the report since.',
  })
  verified!: boolean;

  @Field(() => String, {
    description:
      'HMAC-SHA-256 of text, media, business and time under the tag, in hexadecimal digits: what a receipt is signed over.',
  })
  commitment!: string;

  @Field(() => String, { description: 'What went, sealed, with the message when it was sent; base64url.' })
  tag!: string;

  @Field(() => GraphQLISODateTime, {
    description: 'When the platform took the message from the business (UTC).',
  })
  sentAt!: Date;

  @Field(() => DisclosedBy)
  disclosedBy!: DisclosedBy;

  @Field(() => StoredCopy)
  storedCopy!: StoredCopy;
}

export function toReportProof({ verified, commitment, tag, sentAt, by, stored }: ProvenReport): ReportProof {
  return { verified, commitment, tag, sentAt: new Date(sentAt), disclosedBy: by, storedCopy: stored };
}
