import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import { AlarmKind } from '../../domain/replay-ledger.js';
import type { Alarm } from '../../use-cases/read-alarms.js';

registerEnumType(AlarmKind, {
  name: 'ConsentAlarmKind',
  description: 'How a ledger, the log over all ledgers, and the state that decisions read do not fit.',
  valuesMap: {
    ENTRY_CHANGED: { description: 'An entry, its salt or its hash is not what it was when it was written.' },
    ENTRY_MISSING: { description: 'An entry is missing, or stands in another place.' },
    CHAIN_BROKEN: {
      description: 'An entry does not follow the one before it, or the ledger ends otherwise.',
    },
    LEAF_DIFFERS: { description: 'An entry is not the one that entered the log.' },
    STATE_DIFFERS: { description: 'The state that decisions read does not follow from the ledger.' },
  },
});

/** A difference that the double check found. */
@ObjectType({ description: 'Something that the double check of ledgers found. It should never happen.' })
export class ConsentAlarm {
  @Field(() => ID)
  id!: string;

  @Field(() => AlarmKind)
  kind!: AlarmKind;

  @Field(() => ID, { description: 'The pseudonym of the person, as in receipts and dumps of the ledger.' })
  personId!: string;

  @Field(() => String, {
    description: 'The entry or the subject that differs; nothing that the person said.',
  })
  detail!: string;

  @Field(() => GraphQLISODateTime)
  foundAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  resolvedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'The admin who resolved it.' })
  resolvedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'What that admin wrote.' })
  note!: string | null;
}

@ObjectType({ description: 'A page of alarms, newest first.' })
export class ConsentAlarmConnection extends connectionType(ConsentAlarm, 'ConsentAlarmConnection') {}

@InputType()
export class ResolveConsentAlarmInput {
  @Field(() => ID, { description: 'The alarm, `alm_…`.' })
  alarm!: string;

  @Field(() => String, { description: 'What it was, and what was done: 1 to 1,000 characters.' })
  note!: string;
}

@ObjectType()
export class ResolveConsentAlarmPayload {
  @Field(() => ConsentAlarm)
  alarm!: ConsentAlarm;
}

@ObjectType({
  implements: () => [Refusal],
  description:
    'ALARM_NOT_FOUND: there is no alarm with that id. ALREADY_RESOLVED: somebody has resolved it before.',
})
export class ConsentAlarmRefused extends Refusal {}

export const ResolveConsentAlarmResult = resultUnion('ResolveConsentAlarmResult', [
  ResolveConsentAlarmPayload,
  ConsentAlarmRefused,
]);

/** An alarm as admins see it. */
export function toConsentAlarm({ id, resolvedBy, ...alarm }: Alarm): ConsentAlarm {
  return { ...alarm, id: publicId('alm', id), resolvedBy: resolvedBy && publicId('adm', resolvedBy) };
}
