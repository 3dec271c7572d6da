import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '@assent/platform';

@ObjectType({ description: 'One attempt to deliver an event; kept for 30 days.' })
export class WebhookDelivery {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'The event, `evt_…`: what `webhook-id` said.' })
  event!: string;

  @Field(() => String)
  type!: string;

  @Field(() => Int, { description: '1 for the first attempt.' })
  attempt!: number;

  @Field(() => GraphQLISODateTime)
  at!: Date;

  @Field(() => Int, { description: 'Until the status of the answer came, or it was given up.' })
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the answer; null: none came.' })
  statusCode!: number | null;

  @Field(() => Boolean, { description: 'Whether the answer was 2xx.' })
  delivered!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Why not: BAD_STATUS, GONE, REDIRECTED, TIMED_OUT, CONNECTION_FAILED, NAME_NOT_FOUND, TLS_FAILED, NOT_HTTP, or PRIVATE_ADDRESS.',
  })
  failure!: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was to be tried again; null: it was delivered or given up.',
  })
  retryAt!: Date | null;
}

@ObjectType({ description: 'A page of attempts, newest first.' })
export class WebhookDeliveryConnection extends connectionType(WebhookDelivery, 'WebhookDeliveryConnection') {}

@ObjectType({ description: 'Something that happened to you; kept for 30 days.' })
export class BusinessEvent {
  @Field(() => ID, { description: '`evt_…`, as `webhook-id` says it; give it as `after` to read on.' })
  id!: string;

  @Field(() => String)
  type!: string;

  @Field(() => GraphQLISODateTime)
  timestamp!: Date;

  @Field(() => String, {
    description: 'JSON, the very text that a webhook carries: `type`, `timestamp` and `data`.',
  })
  payload!: string;
}

@ObjectType({ description: 'A page of events, oldest first.' })
export class BusinessEventConnection extends connectionType(BusinessEvent, 'BusinessEventConnection') {}
