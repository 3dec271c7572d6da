import {
  ArgsType,
  Field,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { connectionType, PageArgs, publicId } from '@assent/platform';
import { type ActDetail, ActorKind, ActOutcome, OPERATOR_LEDGER } from '../domain/act.js';
import type { KeptAct } from '../use-cases/read-acts.js';

registerEnumType(ActorKind, {
  name: 'AuditActorKind',
  description: 'Who did something.',
  valuesMap: {
    ADMIN: { description: 'One of the operator’s staff.' },
    API_KEY: { description: 'A program of a business, by its key.' },
    MEMBER: { description: 'One of the staff of a business.' },
    OPERATOR: { description: 'Somebody at the server itself, by a command.' },
  },
});
registerEnumType(ActOutcome, {
  name: 'AuditOutcome',
  description: 'What became of what somebody asked for.',
  valuesMap: {
    DONE: { description: 'It was done, or shown.' },
    REFUSED: { description: 'It was not: `refusal` says why.' },
  },
});

@ObjectType({ description: 'Something said of an act: members of enums, whole numbers, times, yes or no.' })
export class AuditDetail {
  @Field(() => String, { description: 'Name of the field of the input.' })
  name!: string;

  @Field(() => [String])
  values!: string[];
}

@ObjectType({
  description:
    'Something that an admin, a member or an API key did. It can not be changed or removed: see docs/audit.md.',
})
export class AuditEntry {
  @Field(() => ID, { description: '`aud_…`' })
  id!: string;

  @Field(() => GraphQLISODateTime, { description: 'When (UTC).' })
  at!: Date;

  @Field(() => ActorKind)
  actorKind!: ActorKind;

  @Field(() => ID, { nullable: true, description: '`adm_…`, `mem_…` or `key_…`; null for OPERATOR.' })
  actor!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The business in whose chain it is; null: the operator’s.',
  })
  business!: string | null;

  @Field(() => String, { description: 'The name of the operation.' })
  act!: string;

  @Field(() => ActOutcome)
  outcome!: ActOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'The reason of a refusal, of docs/reasons.md; `FORBIDDEN` where the permission was missing.',
  })
  refusal!: string | null;

  @Field(() => [ID], { description: 'What it was done to, as whoever did it names it: the first 100.' })
  subjects!: string[];

  @Field(() => Int, { description: 'How many there were.' })
  subjectCount!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever did it, where that is asked for.',
  })
  reason!: string | null;

  @Field(() => [AuditDetail])
  details!: AuditDetail[];

  @Field(() => Int, { description: 'Its place in the chain, from 1, without gaps.' })
  seq!: number;

  @Field(() => String, {
    description: 'Hash of the entry, in base64, which the next one of the chain rests on.',
  })
  hash!: string;
}

export const AuditEntryConnection = connectionType(AuditEntry, 'AuditEntryConnection');

@InputType({ description: 'Which entries; all that is given must hold.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Who did it: `adm_…`, `mem_…` or `key_…`.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'The name of an operation, such as `setReachTier`.' })
  act?: string | null;

  @Field(() => ID, { nullable: true, description: 'What it was done to, as `subjects` has it.' })
  subject?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Not before.' })
  since?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Before.' })
  until?: Date | null;
}

@InputType({ description: 'Which entries; all that is given must hold.' })
export class OperatorAuditFilter extends AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Only what this business did, `biz_…`.' })
  business?: string | null;
}

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => AuditFilter, { nullable: true })
  filter?: AuditFilter | null;
}

@ArgsType()
export class OperatorAuditLogArgs extends PageArgs {
  @Field(() => OperatorAuditFilter, { nullable: true })
  filter?: OperatorAuditFilter | null;
}

const PREFIXES = { ADMIN: 'adm', API_KEY: 'key', MEMBER: 'mem' } as const;

export function toAuditEntry(act: KeptAct): AuditEntry {
  const { id, at, actorKind, actorId, ledger, name, details, hash, subjects, ...rest } = act;
  return {
    at,
    actorKind,
    outcome: rest.outcome,
    refusal: rest.refusal,
    subjectCount: rest.subjectCount,
    reason: rest.reason,
    seq: rest.seq,
    act: name,
    id: publicId('aud', id),
    actor: actorId === null || actorKind === 'OPERATOR' ? null : publicId(PREFIXES[actorKind], actorId),
    business: ledger === OPERATOR_LEDGER ? null : publicId('biz', ledger),
    subjects: [...subjects],
    details: Object.entries(details).map(([field, value]) => ({ name: field, values: textsOf(value) })),
    hash: hash.toString('base64'),
  };
}

function textsOf(value: ActDetail): string[] {
  return (typeof value === 'object' ? value : [value]).map(String);
}
