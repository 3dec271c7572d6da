import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { connectionType, publicId } from '@assent/platform';
import type { FoundBusiness as StoredBusiness } from '../../use-cases/search-businesses.js';
import { BusinessCategory, BusinessStatus } from '../enums.js';
import { BusinessAccount, toVerificationRequest, VerificationRequest } from './admin.types.js';

/** A business, as the operator looks it up. */
@ObjectType({ description: 'A business, as the operator looks it up.' })
export class FoundBusiness extends BusinessAccount {
  @Field(() => BusinessCategory, {
    nullable: true,
    description: 'What people see that it does, since a request that says so was approved.',
  })
  category!: BusinessCategory | null;

  @Field(() => VerificationRequest, {
    nullable: true,
    description: 'Its newest request to be verified, decided or not; null: it has made none.',
  })
  verification!: VerificationRequest | null;
}

/** A page of businesses. */
@ObjectType({ description: 'A page of businesses, by name.' })
export class FoundBusinessConnection extends connectionType(FoundBusiness, 'FoundBusinessConnection') {}

/** What businesses are looked for by. */
@ArgsType()
export class BusinessSearchArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Its display name begins so, 1 to 120 characters. Case, and different ways to write the same characters, make no difference.',
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The website of one of its requests to be verified, also of those that were rejected, is at this domain or below it, such as example.com.',
  })
  domain?: string | null;

  @Field(() => BusinessStatus, { nullable: true, description: 'Only those in this state.' })
  status?: BusinessStatus | null;
}

/** A business as admins see it. */
export function toFoundBusiness({ business, verification }: StoredBusiness): FoundBusiness {
  return {
    ...business,
    id: publicId('biz', business.id),
    verification: verification && toVerificationRequest({ verification, business }),
  };
}
