import { Field, GraphQLISODateTime, ID, InputType, InterfaceType, ObjectType } from '@nestjs/graphql';
import { BusinessProfile } from '@assent/accounts';
import { connectionType } from '@assent/platform';

/** What all notices have; each kind is a type of its own. */
@InterfaceType({
  description:
    'Something that the platform itself tells you, kept for 400 days. Every kind has these fields, so an app that does ' +
    'not know a new kind can still show it.',
  resolveType: (notice: object) => notice.constructor,
})
export class Notice {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description: 'Its place among your notices. Give it as `after` to go on behind it.',
  })
  cursor!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When you marked it as read; null: not yet.',
  })
  readAt!: Date | null;

  @Field(() => String, { description: 'What it says, in plain English.' })
  text!: string;

  @Field(() => BusinessProfile, {
    nullable: true,
    description: 'The business that it is about; null: no single one.',
  })
  business!: BusinessProfile | null;
}

/** A page of notices. */
@ObjectType({ description: 'A page of what the platform told you, newest first.' })
export class NoticeConnection extends connectionType(Notice, 'NoticeConnection') {}

/** Input of markNoticesRead. */
@InputType()
export class MarkNoticesReadInput {
  @Field(() => [ID], { description: 'Ids of 1 to 500 of your notices.' })
  notices!: string[];
}

/** Answer of markNoticesRead. */
@ObjectType()
export class MarkNoticesReadPayload {
  @Field(() => [ID], { description: 'Those that were unread until now.' })
  read!: string[];
}
