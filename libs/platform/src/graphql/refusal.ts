import { createUnionType, Field, GraphQLISODateTime, InterfaceType } from '@nestjs/graphql';

/** Why something that was asked for properly was not done. */
@InterfaceType({
  description:
    'Why an operation that was asked for properly was not done. Every refusal of every operation has these fields, so a client that does not know a new kind of refusal can still show and handle it.',
})
export abstract class Refusal {
  @Field(() => String, { description: 'Stable, documented name of the reason, for programs.' })
  reason!: string;

  @Field(() => String, { description: 'The reason in a sentence, for people: what is wrong and what to do.' })
  message!: string;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'Earliest time (UTC) at which the same request would pass; null where waiting does not help.',
  })
  retryAt?: Date | null;
}

type ResultClass = new (...fields: never[]) => object;

const RESULT_CLASSES = new Map<string, ResultClass>();

/** The member of a result union by the name of its class, for answers that were kept. */
export function resultClass(name: string): ResultClass | undefined {
  return RESULT_CLASSES.get(name);
}

/** A result union whose members are told apart by the class that a resolver returns. */
export function resultUnion<const Members extends readonly ResultClass[]>(
  name: string,
  members: Members,
  description?: string,
): InstanceType<Members[number]> {
  for (const member of members) {
    if ((RESULT_CLASSES.get(member.name) ?? member) !== member)
      throw new Error(`Two classes are ${member.name}`);
    RESULT_CLASSES.set(member.name, member);
  }
  return createUnionType({
    name,
    description,
    types: () => members,
    resolveType: (value: object) => members.find((member) => value instanceof member),
  });
}
