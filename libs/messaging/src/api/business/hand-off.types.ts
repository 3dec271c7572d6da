import { Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CarrierName } from '@assent/carriers';
import { HandOffState } from '../../domain/hand-off.js';

registerEnumType(CarrierName, {
  name: 'Carrier',
  description: 'A way to a person beside the inbox in their app.',
  valuesMap: {
    PUSH: { description: 'The operator’s service that wakes apps.' },
    SMS: { description: 'A text message to their number, which you never see.' },
  },
});

registerEnumType(HandOffState, {
  name: 'HandOffState',
  description: 'Where a hand-off to a carrier is.',
  valuesMap: {
    WAITING: { description: 'For its time, for the next try, or for a carrier that can not be reached.' },
    HANDING: { description: 'On its way to the carrier at this moment.' },
    HANDED: { description: 'The carrier has it.' },
    DELIVERED: { description: 'The carrier said that it arrived.' },
    FAILED: { description: 'It did not arrive, or nobody knows; see reason.' },
    SUPPRESSED: { description: 'The person stopped it, or a rule forbade it, before it left; see reason.' },
    NOT_NEEDED: {
      description: 'A device had the message by then, or the person no longer wants it this way.',
    },
  },
});

/** What became of a message at a carrier. */
@ObjectType({ description: 'How a message went, or is to go, by a carrier beside the app.' })
export class HandOff {
  @Field(() => CarrierName)
  carrier!: CarrierName;

  @Field(() => HandOffState)
  state!: HandOffState;

  @Field(() => String, {
    nullable: true,
    description:
      'FAILED: REFUSED by the carrier, EXPIRED before anybody took it, UNCERTAIN whether it left, NOT_DELIVERED as the carrier says, NUMBER_UNPROVED for so long that somebody else may have it. SUPPRESSED, and WAITING where a gate says so: a reason of docs/reasons.md. Else null.',
  })
  reason!: string | null;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the carrier took it.' })
  handedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the carrier said that it arrived.' })
  deliveredAt!: Date | null;
}
