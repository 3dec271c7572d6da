import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'A business, as people see it.' })
export class BusinessProfile {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String, { description: 'Where it says it is at home: ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => Boolean, {
    description: 'Whether the operator has checked who it is, and stands by that now.',
  })
  verified!: boolean;
}
