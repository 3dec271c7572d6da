import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { publicId, Refusal, resultUnion } from '@assent/platform';
import {
  DisabledBecause,
  MOST_ENDPOINTS,
  MOST_OPEN,
  MOST_RANGES,
  WebhookStatus,
} from '../../domain/endpoint.js';
import type { WebhookEndpoint as Endpoint } from '../../domain/endpoint.js';

registerEnumType(WebhookStatus, {
  name: 'WebhookStatus',
  description: 'Whether an endpoint gets events.',
  valuesMap: {
    ENABLED: { description: 'It gets events.' },
    PAUSED: { description: 'You paused it; once enabled, it goes on where it stopped.' },
    DISABLED: { description: 'The platform disabled it; see disabledBecause.' },
  },
});
registerEnumType(DisabledBecause, {
  name: 'WebhookDisabledBecause',
  description: 'Why the platform disabled an endpoint.',
  valuesMap: {
    FAILING: { description: 'For five days every attempt failed.' },
    GONE: { description: 'It answered with the HTTP status 410.' },
  },
});

const WHICH_TYPES = 'Types of events, such as "message.status"; docs/events.md describes all of them.';

@ObjectType({ description: 'Where the platform posts events to you, signed as Standard Webhooks.' })
export class WebhookEndpoint {
  @Field(() => ID, { description: '`whk_…`' })
  id!: string;

  @Field(() => String)
  url!: string;

  @Field(() => String)
  description!: string;

  @Field(() => [String], { description: WHICH_TYPES })
  types!: string[];

  @Field(() => WebhookStatus)
  status!: WebhookStatus;

  @Field(() => DisabledBecause, { nullable: true })
  disabledBecause!: DisabledBecause | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  disabledAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Until then events are signed with the secret before as well; null: with one only.',
  })
  previousSecretUntil!: Date | null;

  @Field(() => ID, { description: 'The member who added it.' })
  createdBy!: string;

  @Field(() => GraphQLISODateTime)
  createdAt!: Date;

  @Field(() => Int, { description: 'Attempts that failed since the last one that did not.' })
  failures!: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when every attempt has failed; after five days it is disabled.',
  })
  failingSince!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'While it is down or asked to be left alone: when it is tried again.',
  })
  resumeAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  lastSuccessAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  lastFailureAt!: Date | null;

  @Field(() => Int, {
    description: `Deliveries under way or to be tried again, at most ${MOST_OPEN}; further events wait behind them.`,
  })
  openDeliveries!: number;
}

@InputType()
export class CreateWebhookEndpointInput {
  @Field(() => String, {
    description: 'Begins with https://, at most 2,048 characters; without user, password and fragment.',
  })
  url!: string;

  @Field(() => [String], { description: WHICH_TYPES })
  types!: string[];

  @Field(() => String, { nullable: true, description: 'What you will know it by, up to 200 characters.' })
  description?: string | null;
}

@ObjectType()
export class CreateWebhookEndpointPayload {
  @Field(() => String, {
    description: 'What events are signed with, `whsec_…`. Keep it now: it is never shown again.',
  })
  secret!: string;

  @Field(() => WebhookEndpoint)
  endpoint!: WebhookEndpoint;
}

@ObjectType({
  implements: () => Refusal,
  description: `\`TOO_MANY_ENDPOINTS\`: a business has at most ${MOST_ENDPOINTS}.`,
})
export class CreateWebhookEndpointRefused extends Refusal {}

export const CreateWebhookEndpointResult = resultUnion('CreateWebhookEndpointResult', [
  CreateWebhookEndpointPayload,
  CreateWebhookEndpointRefused,
]);

@InputType()
export class UpdateWebhookEndpointInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'As in createWebhookEndpoint; null: it stays.' })
  url?: string | null;

  @Field(() => [String], { nullable: true, description: 'All types that it is to get; null: they stay.' })
  types?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters; null: it stays.' })
  description?: string | null;

  @Field(() => WebhookStatus, { nullable: true, description: 'ENABLED or PAUSED; null: it stays.' })
  status?: 'ENABLED' | 'PAUSED' | null;
}

@ObjectType()
export class WebhookEndpointPayload {
  @Field(() => WebhookEndpoint)
  endpoint!: WebhookEndpoint;
}

@ObjectType({
  implements: () => Refusal,
  description: '`ENDPOINT_NOT_FOUND`: this business has no endpoint with that id.',
})
export class WebhookEndpointRefused extends Refusal {}

export const UpdateWebhookEndpointResult = resultUnion('UpdateWebhookEndpointResult', [
  WebhookEndpointPayload,
  WebhookEndpointRefused,
]);

@InputType()
export class RotateWebhookSecretInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description: 'For how many hours events are signed with both secrets, 0 to 168.',
  })
  overlapHours!: number;
}

export const RotateWebhookSecretResult = resultUnion('RotateWebhookSecretResult', [
  CreateWebhookEndpointPayload,
  WebhookEndpointRefused,
]);

@InputType()
export class WebhookEndpointIdInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class DeleteWebhookEndpointPayload {
  @Field(() => ID)
  id!: string;
}

export const DeleteWebhookEndpointResult = resultUnion('DeleteWebhookEndpointResult', [
  DeleteWebhookEndpointPayload,
  WebhookEndpointRefused,
]);

@ObjectType()
export class TestWebhookEndpointPayload {
  @Field(() => ID, {
    description: 'The event that is on its way, `evt_…`: webhookDeliveries shows what became of it.',
  })
  event!: string;
}

@ObjectType({
  implements: () => Refusal,
  description: `\`ENDPOINT_NOT_FOUND\`; \`ENDPOINT_NOT_ENABLED\`: it is paused or disabled; \`TOO_MANY_DELIVERIES\`: ${MOST_OPEN} are open; \`TOO_MANY_RANGES\`: ${MOST_RANGES} ranges are being delivered.`,
})
export class WebhookDeliveryRefused extends Refusal {}

export const TestWebhookEndpointResult = resultUnion('TestWebhookEndpointResult', [
  TestWebhookEndpointPayload,
  WebhookDeliveryRefused,
]);

@InputType({ description: 'Either `ids`, or `from` and `to`.' })
export class RedeliverEventsInput {
  @Field(() => ID)
  endpoint!: string;

  @Field(() => [ID], {
    nullable: true,
    description: '1 to 100 events of the last 30 days, `evt_…`, of whatever type. Others are passed over.',
  })
  ids?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'In the last 30 days.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Not included; not in the future.' })
  to?: Date | null;
}

@ObjectType()
export class RedeliverEventsPayload {
  @Field(() => Int, {
    nullable: true,
    description: 'How many of the named events there are; null for a range, which is delivered step by step.',
  })
  count!: number | null;

  @Field(() => WebhookEndpoint)
  endpoint!: WebhookEndpoint;
}

export const RedeliverEventsResult = resultUnion('RedeliverEventsResult', [
  RedeliverEventsPayload,
  WebhookDeliveryRefused,
]);

export function toEndpoint({ previousUntil, open, id, createdBy, ...endpoint }: Endpoint): WebhookEndpoint {
  return {
    ...endpoint,
    id: publicId('whk', id),
    createdBy: publicId('mem', createdBy),
    previousSecretUntil: previousUntil,
    openDeliveries: open,
  };
}
