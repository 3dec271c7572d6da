import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ApprovalNeeded } from '@assent/accounts';
import { CarrierName } from '@assent/carriers';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import type { KillSwitch as StoredSwitch } from '../../domain/kill-switch.js';
import { KillSwitchKind } from '../kill-switch-kind.js';

/** Something that an admin switched off. */
@ObjectType({
  description: 'Something that an admin switched off, and who switched it on again, when and why.',
})
export class KillSwitch {
  @Field(() => ID, { description: '`ksw_…`' })
  id!: string;

  @Field(() => KillSwitchKind)
  kind!: KillSwitchKind;

  @Field(() => ID, {
    nullable: true,
    description: 'The business, `biz_…`, that it, or its template, is of; null where all are concerned.',
  })
  businessId!: string | null;

  @Field(() => ID, { nullable: true, description: '`tpl_…`' })
  templateId!: string | null;

  @Field(() => CarrierName, { nullable: true })
  carrier!: CarrierName | null;

  @Field(() => String, { description: 'Why; the businesses concerned read it.' })
  reason!: string;

  @Field(() => ID, { description: 'The admin who set it.' })
  setBy!: string;

  @Field(() => GraphQLISODateTime)
  setAt!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'It is no longer in force from then on, by the database’s clock; null: until it is lifted.',
  })
  endsAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When an admin lifted it or set another in its place; null: nobody did.',
  })
  endedAt!: Date | null;

  @Field(() => ID, { nullable: true })
  endedBy!: string | null;

  @Field(() => String, { nullable: true })
  endReason!: string | null;
}

/** A page of kill switches. */
@ObjectType({ description: 'A page of kill switches, newest first.' })
export class KillSwitchConnection extends connectionType(KillSwitch, 'KillSwitchConnection') {}

/** Input of setKillSwitch. */
@InputType()
export class SetKillSwitchInput {
  @Field(() => KillSwitchKind)
  kind!: KillSwitchKind;

  @Field(() => ID, { nullable: true, description: 'BUSINESS: which, `biz_…`. Else left out.' })
  business?: string | null;

  @Field(() => ID, { nullable: true, description: 'TEMPLATE: which, `tpl_…`. Else left out.' })
  template?: string | null;

  @Field(() => CarrierName, { nullable: true, description: 'CARRIER: which. Else left out.' })
  carrier?: CarrierName | null;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the businesses concerned read it.' })
  reason!: string;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When it ends by itself: in the future, in 366 days at the latest. By default when it is lifted.',
  })
  endsAt?: Date | null;
}

/** Input of liftKillSwitch. */
@InputType()
export class LiftKillSwitchInput {
  @Field(() => ID, { description: 'The kill switch, `ksw_…`.' })
  switch!: string;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; the businesses concerned read it.' })
  reason!: string;
}

/** A kill switch was set or lifted. */
@ObjectType()
export class KillSwitchPayload {
  @Field(() => KillSwitch)
  killSwitch!: KillSwitch;
}

/** A kill switch was not set or lifted. */
@ObjectType({
  implements: () => [Refusal],
  description:
    '`BUSINESS_NOT_FOUND`, `TEMPLATE_NOT_FOUND`, `SWITCH_NOT_FOUND`: there is none with that id. `SWITCH_OVER`: it is not in force any more.',
})
export class KillSwitchRefused extends Refusal {}

export const KillSwitchResult = resultUnion('KillSwitchResult', [
  KillSwitchPayload,
  KillSwitchRefused,
  ApprovalNeeded,
]);

/** A switch as admins see it. */
export function toKillSwitch(stored: StoredSwitch): KillSwitch {
  const { id, businessId, templateId, setBy, endedBy } = stored;
  return {
    ...stored,
    id: publicId('ksw', id),
    businessId: businessId && publicId('biz', businessId),
    templateId: templateId && publicId('tpl', templateId),
    setBy: publicId('adm', setBy),
    endedBy: endedBy && publicId('adm', endedBy),
  };
}
