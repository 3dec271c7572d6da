import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export const ErasureStatus = { ERASING: 'ERASING', DONE: 'DONE' } as const;
registerEnumType(ErasureStatus, {
  name: 'ErasureStatus',
  description: 'How far an erasure is. Nothing of the person can be reached from its first moment on.',
  valuesMap: {
    ERASING: { description: 'You are gone; rows that nothing leads to any more are still being removed.' },
    DONE: { description: 'Nothing is left but what the proof names as kept.' },
  },
});

export const ErasedHow = { DELETED: 'DELETED', KEY_DESTROYED: 'KEY_DESTROYED', KEPT: 'KEPT' } as const;
registerEnumType(ErasedHow, {
  name: 'ErasedHow',
  description: 'What became of a store.',
  valuesMap: {
    DELETED: { description: 'The rows, or what was in them, are gone.' },
    KEY_DESTROYED: { description: 'The keys are gone, and nobody can open what was sealed under them.' },
    KEPT: { description: 'Something stays, for the reason that is given, and nothing leads from it to you.' },
  },
});

@ObjectType({ description: 'What became of one store of what was held about you.' })
export class ErasedStore {
  @Field(() => String)
  store!: string;

  @Field(() => ErasedHow)
  what!: keyof typeof ErasedHow;

  @Field(() => Int, { description: 'How many rows, up to now.' })
  rows!: number;

  @Field(() => String, { nullable: true, description: 'Why it is kept; null where nothing is.' })
  why!: string | null;
}

@ObjectType({ description: 'The erasure of a person.' })
export class Erasure {
  @Field(() => ID)
  id!: string;

  @Field(() => ErasureStatus)
  status!: keyof typeof ErasureStatus;

  @Field(() => GraphQLISODateTime)
  askedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null while it is under way.' })
  doneAt!: Date | null;

  @Field(() => [ErasedStore], { description: 'What was done up to now.' })
  stores!: ErasedStore[];

  @Field(() => Int, { description: 'Conversations whose messages are still to be emptied.' })
  conversationsLeft!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The proof of erasure: signed JSON that `npx assent-verify` checks offline, and that names nobody. Null until it is ' +
      'done. Keep it with the token: neither can be had again from anyone.',
  })
  proof!: string | null;
}

@InputType()
export class EraseMeInput {
  @Field(() => String, { description: 'The word ERASE, so that nobody does this by mistake.' })
  confirm!: string;
}

@ObjectType()
export class EraseMePayload {
  @Field(() => ID)
  erasureId!: string;

  @Field(() => String, {
    description: 'Ask `erasure` with it, without a session. Shown this once; stored only as a hash.',
  })
  token!: string;

  @Field(() => GraphQLISODateTime, { description: 'Since when you are gone.' })
  askedAt!: Date;
}
