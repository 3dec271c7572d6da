import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionType } from '@assent/platform';
import { BusinessCategory } from '../enums.js';

@ObjectType({ description: 'A business, as people see it.' })
export class BusinessProfile {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String, { description: 'Where it says it is at home: ISO 3166-1 alpha-2.' })
  country!: string;

  @Field(() => BusinessCategory, {
    nullable: true,
    description: 'What it does, as the operator has checked with its name; null: it has not said.',
  })
  category!: BusinessCategory | null;

  @Field(() => Boolean, {
    description: 'Whether the operator has checked who it is, and stands by that now.',
  })
  verified!: boolean;
}

/** A page of businesses. */
@ObjectType({ description: 'A page of businesses, by name.' })
export class BusinessProfileConnection extends connectionType(BusinessProfile, 'BusinessProfileConnection') {}
