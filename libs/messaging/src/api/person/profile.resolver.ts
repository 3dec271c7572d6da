import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessProfile, BusinessProfileConnection } from '@assent/accounts';
import { ExplainConsents, ExplainedConsent, toExplainedConsent } from '@assent/consent';
import { QualityLevel, ReadQuality } from '@assent/limits';
import type { PersonViewer } from '@assent/people';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  PageArgs,
  parsePublicId,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { FindBusinesses } from '../../use-cases/find-businesses.js';

/** Who businesses are, for people who look for one. */
@Resolver(() => BusinessProfile)
export class ProfileResolver {
  constructor(
    private readonly find: FindBusinesses,
    private readonly explain: ExplainConsents,
    private readonly qualities: ReadQuality,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Query(() => BusinessProfileConnection, {
    description:
      'Verified businesses whose name begins with these 2 to 120 characters, by name; upper and lower case are alike. Write to one with `writeToBusiness`. It does not learn that you looked.',
  })
  async businessProfiles(
    @Args('search', { type: () => String }) search: string,
    @Args() page: PageArgs,
  ): Promise<BusinessProfileConnection> {
    const { first, profiles } = await this.find.byName(search, page);
    return toConnection(
      profiles,
      first,
      (profile) => profile,
      ({ id }) => id,
    );
  }

  @Permission('person')
  @Query(() => BusinessProfile, {
    nullable: true,
    description:
      'One business by its handle, `biz_…`. Null where there is none, or where it is not verified and does not have you as a contact.',
  })
  businessProfile(
    @CurrentViewer() viewer: PersonViewer,
    @Args('handle', { type: () => ID }) handle: string,
  ): Promise<BusinessProfile | null> {
    return this.find.byHandle(viewer, handle);
  }

  @ResolveField(() => QualityLevel, {
    description: 'What the reactions of people to its messages say of it.',
  })
  async quality(
    @Parent() profile: BusinessProfile,
    @Context() context: RequestContext,
  ): Promise<QualityLevel> {
    const load = (ids: string[]) => this.qualities.levels(ids);
    return (await loaderOf(context, this.qualities, load).load(idOf(profile))) ?? 'UNKNOWN';
  }

  @ResolveField(() => [ExplainedConsent], {
    description:
      'What it may send you, and do with you, for each purpose, and why: as it is now, whether or not it has you as a contact.',
  })
  async consents(
    @Parent() profile: BusinessProfile,
    @CurrentViewer() viewer: PersonViewer,
    @Context() context: RequestContext,
  ): Promise<ExplainedConsent[]> {
    const load = (ids: string[]) => this.explain.execute(viewer, ids);
    const explained = (await loaderOf(context, this.explain, load).load(idOf(profile))) ?? [];
    return explained.map((each) => toExplainedConsent(this.handles, viewer.personId, each));
  }
}

function idOf({ id }: BusinessProfile): string {
  const uuid = parsePublicId('biz', id);
  if (!uuid) throw new Error('A profile has no id');
  return uuid;
}
