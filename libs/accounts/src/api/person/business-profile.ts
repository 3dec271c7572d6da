import { Injectable } from '@nestjs/common';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { BusinessProfiles } from '../../use-cases/business-profiles.js';

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

/** Loads profiles for resolvers: what is asked for at the same time, by whichever request, shares one query. */
@Injectable()
export class BusinessProfileLoader {
  constructor(private readonly profiles: BusinessProfiles) {}

  /** @param businessId UUID of the business, from a row and never from an argument */
  load(businessId: string): Promise<BusinessProfile> {
    return this.profiles.load(businessId);
  }
}
