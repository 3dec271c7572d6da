import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessProfile, BusinessProfiles } from '@assent/accounts';
import { loaderOf, type RequestContext } from '@assent/platform';
import { Consent, ConsentEvent } from './consent.types.js';

/** Which business a consent is about. */
@Resolver(() => Consent)
export class ConsentBusinessResolver {
  constructor(private readonly profiles: BusinessProfiles) {}

  @ResolveField(() => BusinessProfile, { nullable: true, description: 'Null: all businesses.' })
  business(@Parent() { businessId }: Consent, @Context() context: RequestContext) {
    return businessOf(this.profiles, businessId, context);
  }
}

/** Which business an entry of the ledger is about. */
@Resolver(() => ConsentEvent)
export class ConsentEventBusinessResolver {
  constructor(private readonly profiles: BusinessProfiles) {}

  @ResolveField(() => BusinessProfile, { nullable: true, description: 'Null: all businesses.' })
  business(@Parent() { businessId }: ConsentEvent, @Context() context: RequestContext) {
    return businessOf(this.profiles, businessId, context);
  }
}

async function businessOf(profiles: BusinessProfiles, id: string | null, context: RequestContext) {
  if (id === null) return null;
  return loaderOf(context, profiles, (ids: string[]) => profiles.byIds(ids)).load(id);
}
