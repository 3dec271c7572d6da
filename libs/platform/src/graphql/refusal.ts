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

/** A result union whose members are told apart by the class that a resolver returns. */
export function resultUnion<const Members extends readonly ResultClass[]>(
  name: string,
  members: Members,
  description?: string,
): InstanceType<Members[number]> {
  return createUnionType({
    name,
    description,
    types: () => members,
    resolveType: (value: object) => members.find((member) => value instanceof member),
  });
}
