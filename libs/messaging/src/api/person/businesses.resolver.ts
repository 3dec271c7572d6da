import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessProfile, BusinessProfiles } from '@assent/accounts';
import { ExplainConsents, ExplainedConsent, toExplainedConsent } from '@assent/consent';
import { QualityLevel, ReadQuality } from '@assent/limits';
import type { PersonViewer } from '@assent/people';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { ReadBusinesses } from '../../use-cases/read-businesses.js';
import { BusinessMessages, BusinessOfYours, BusinessOfYoursConnection } from './businesses.types.js';

const NO_MESSAGES: BusinessMessages = { counts: [], lastMessageAt: null, more: false };

/** The businesses that a person has to do with, and why. */
@Resolver(() => BusinessOfYours)
export class BusinessesResolver {
  constructor(
    private readonly read: ReadBusinesses,
    private readonly explain: ExplainConsents,
    private readonly profiles: BusinessProfiles,
    private readonly qualities: ReadQuality,
    private readonly handles: Handles,
  ) {}

  @Permission('person')
  @Query(() => BusinessOfYoursConnection, {
    description: 'Every business that has you as a contact, newest contact first.',
  })
  async businesses(
    @CurrentViewer() viewer: PersonViewer,
    @Args() page: PageArgs,
  ): Promise<BusinessOfYoursConnection> {
    const { first, businesses } = await this.read.page(viewer, page);
    return toConnection(
      businesses,
      first,
      (business) => business,
      ({ contactId }) => this.handles.seal(`person:${viewer.personId}`, 'ctc', contactId),
    );
  }

  @ResolveField(() => BusinessProfile)
  business(@Parent() { businessId }: BusinessOfYours, @Context() context: RequestContext) {
    return loaderOf(context, this.profiles, (ids: string[]) => this.profiles.byIds(ids)).load(businessId);
  }

  @ResolveField(() => QualityLevel, {
    description: 'What the reactions of people to its messages say of it.',
  })
  async quality(
    @Parent() { businessId }: BusinessOfYours,
    @Context() context: RequestContext,
  ): Promise<QualityLevel> {
    const load = (ids: string[]) => this.qualities.levels(ids);
    return (await loaderOf(context, this.qualities, load).load(businessId)) ?? 'UNKNOWN';
  }

  @ResolveField(() => BusinessMessages, { description: 'What it sent you, and what became of it.' })
  async messages(
    @Parent() { contactId }: BusinessOfYours,
    @CurrentViewer() viewer: PersonViewer,
    @Context() context: RequestContext,
  ): Promise<BusinessMessages> {
    const load = (ids: string[]) => this.read.messages(viewer, ids);
    return (await loaderOf(context, this.read, load).load(contactId)) ?? NO_MESSAGES;
  }

  @ResolveField(() => [ExplainedConsent], {
    description: 'What it may do with you, for each purpose, and why.',
  })
  async consents(
    @Parent() { businessId }: BusinessOfYours,
    @CurrentViewer() viewer: PersonViewer,
    @Context() context: RequestContext,
  ): Promise<ExplainedConsent[]> {
    const load = (ids: string[]) => this.explain.execute(viewer, ids);
    const explained = (await loaderOf(context, this.explain, load).load(businessId)) ?? [];
    return explained.map((each) => toExplainedConsent(this.handles, viewer.personId, each));
  }
}
