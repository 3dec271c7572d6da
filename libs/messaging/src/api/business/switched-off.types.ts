import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { CarrierName } from '@assent/carriers';
import { publicId } from '@assent/platform';
import { SWITCHED_OFF } from '../../domain/kill-switch.js';
import { SWITCH_REASONS } from '../../domain/switch-reasons.js';
import type { SwitchedOff as StoredSwitch } from '../../use-cases/read-kill-switches.js';
import { KillSwitchKind } from '../kill-switch-kind.js';

/** Something that the operator switched off, for those whom it concerns. */
@ObjectType({ description: 'Something that the operator switched off, and that concerns you.' })
export class SwitchedOff {
  @Field(() => KillSwitchKind)
  kind!: KillSwitchKind;

  @Field(() => ID, { nullable: true, description: 'TEMPLATE: which of yours, `tpl_…`.' })
  templateId!: string | null;

  @Field(() => CarrierName, { nullable: true, description: 'CARRIER: which.' })
  carrier!: CarrierName | null;

  @Field(() => String, { description: 'Why, as the operator says.' })
  reason!: string;

  @Field(() => GraphQLISODateTime)
  since!: Date;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it ends by itself; null: when the operator lifts it.',
  })
  until!: Date | null;

  @Field(() => String, { description: 'The reason that messages which it covers are refused or held with.' })
  refusal!: string;

  @Field(() => String, { description: 'What to do, in a sentence.' })
  todo!: string;
}

/** A switch as businesses see it. */
export function toSwitchedOff({
  kind,
  templateId,
  carrier,
  reason,
  setAt,
  endsAt,
}: StoredSwitch): SwitchedOff {
  const refusal = SWITCHED_OFF[kind];
  return {
    kind,
    templateId: templateId && publicId('tpl', templateId),
    carrier,
    reason,
    since: setAt,
    until: endsAt,
    refusal,
    todo: SWITCH_REASONS[refusal].todo,
  };
}
