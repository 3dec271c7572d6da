import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer, LimitKind, NeedsApproval, Refused, toApprovalNeeded } from '@assent/accounts';
import { CurrentViewer, Idempotent, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { EndLimitOverride } from '../../use-cases/end-limit-override.js';
import { ReadLimitOverrides } from '../../use-cases/read-limit-overrides.js';
import { ReadReachTierChanges } from '../../use-cases/read-reach-tier-changes.js';
import { SetLimitOverride } from '../../use-cases/set-limit-override.js';
import { SetReachTier } from '../../use-cases/set-reach-tier.js';
import { ReachTierChangeConnection, toReachTierChange } from '../reach-tier.types.js';
import { toRefusal } from '../refusals.js';
import {
  EndLimitOverrideInput,
  LimitChangeRefused,
  LimitOverrideConnection,
  LimitOverridePayload,
  LimitOverrideResult,
  SetLimitOverrideInput,
  SetReachTierInput,
  SetReachTierPayload,
  SetReachTierResult,
  toLimitOverride,
} from './limit-override.types.js';

/** What admins change of a business's limits. */
@Resolver()
export class LimitOverrideResolver {
  constructor(
    private readonly set: SetLimitOverride,
    private readonly end: EndLimitOverride,
    private readonly read: ReadLimitOverrides,
    private readonly setTier: SetReachTier,
    private readonly tierChanges: ReadReachTierChanges,
  ) {}

  @Permission('limits:manage')
  @Idempotent()
  @Mutation(() => LimitOverrideResult, {
    description:
      'Sets a limit of one business until a time, in place of what is configured and of what was set before. It counts for every decision that commits after it does, and no longer from `endsAt` on. Two admins decide where it lets through more than what is configured or what counts now, or ends something stricter earlier. Refusals: `BUSINESS_NOT_FOUND`, `APPROVAL_NEEDED`.',
  })
  async setLimitOverride(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: SetLimitOverrideInput,
  ): Promise<typeof LimitOverrideResult> {
    const outcome = await this.set.execute(viewer, input);
    if (outcome instanceof NeedsApproval) return toApprovalNeeded(outcome);
    if (outcome instanceof Refused) return toRefusal(LimitChangeRefused, outcome);
    return Object.assign(new LimitOverridePayload(), { override: toLimitOverride(outcome) });
  }

  @Permission('limits:manage')
  @Mutation(() => LimitOverrideResult, {
    description:
      'Ends a limit that was set for a business before its time: what is configured counts again. Two admins decide where that lets more through. Refusals: `OVERRIDE_NOT_FOUND`, `ALREADY_ENDED`, `APPROVAL_NEEDED`.',
  })
  async endLimitOverride(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: EndLimitOverrideInput,
  ): Promise<typeof LimitOverrideResult> {
    const outcome = await this.end.execute(viewer, input);
    if (outcome instanceof NeedsApproval) return toApprovalNeeded(outcome);
    if (outcome instanceof Refused) return toRefusal(LimitChangeRefused, outcome);
    return Object.assign(new LimitOverridePayload(), { override: toLimitOverride(outcome) });
  }

  @Permission('businesses:read')
  @Query(() => LimitOverrideConnection, {
    description: 'Limits that were set for a business, newest first: who set and ended them, when and why.',
  })
  async limitOverrides(
    @Args('business', { type: () => ID, description: 'The business, `biz_…`.' }) business: string,
    @Args('kind', { type: () => LimitKind, nullable: true, description: 'Only this limit.' })
    kind: LimitKind | null,
    @Args() page: PageArgs,
  ): Promise<LimitOverrideConnection> {
    const overrides = await this.read.page(business, kind, page);
    return toConnection(overrides, page.first, toLimitOverride, ({ id }) => publicId('ovr', id));
  }

  @Permission('limits:manage')
  @Mutation(() => SetReachTierResult, {
    description:
      'Sets the reach tier of a business, up or down. Use may raise it again afterwards. Two admins decide to raise it. Refusals: `BUSINESS_NOT_FOUND`, `SAME_TIER`, `APPROVAL_NEEDED`.',
  })
  async setReachTier(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: SetReachTierInput,
  ): Promise<typeof SetReachTierResult> {
    const outcome = await this.setTier.execute(viewer, input);
    if (outcome instanceof NeedsApproval) return toApprovalNeeded(outcome);
    if (outcome instanceof Refused) return toRefusal(LimitChangeRefused, outcome);
    return Object.assign(new SetReachTierPayload(), { change: toReachTierChange(outcome) });
  }

  @Permission('businesses:read')
  @Query(() => ReachTierChangeConnection, {
    description: 'How the reach tier of a business changed, and why, newest first.',
  })
  async reachTierChanges(
    @Args('business', { type: () => ID, description: 'The business, `biz_…`.' }) business: string,
    @Args() page: PageArgs,
  ): Promise<ReachTierChangeConnection> {
    const changes = await this.tierChanges.ofBusiness(business, page);
    return toConnection(changes, page.first, toReachTierChange, ({ id }) => publicId('rtc', id));
  }
}
