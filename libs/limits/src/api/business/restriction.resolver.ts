import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, Idempotent, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { AppealRestriction } from '../../use-cases/appeal-restriction.js';
import { ReadReachTierChanges } from '../../use-cases/read-reach-tier-changes.js';
import { ReadRestrictions } from '../../use-cases/read-restrictions.js';
import { ReachTierChangeConnection, toReachTierChange } from '../reach-tier.types.js';
import { Restriction, RestrictionConnection, toRestriction } from '../restriction.types.js';
import { toRefusal } from '../refusals.js';
import {
  AppealRestrictionInput,
  AppealRestrictionPayload,
  AppealRestrictionResult,
  RestrictionAppealRefused,
} from './restriction.types.js';

/** A business's restrictions and the history of its reach tier, for itself. */
@Resolver()
export class OwnRestrictionResolver {
  constructor(
    private readonly read: ReadRestrictions,
    private readonly appeals: AppealRestriction,
    private readonly tierChanges: ReadReachTierChanges,
  ) {}

  @Permission('account:read')
  @Query(() => Restriction, {
    nullable: true,
    description: 'The restriction that is in force; null: you are free.',
  })
  async restriction(@CurrentViewer() viewer: BusinessViewer): Promise<Restriction | null> {
    const current = await this.read.current(viewer);
    return current && toRestriction(current);
  }

  @Permission('account:read')
  @Query(() => RestrictionConnection, {
    description:
      'Your restrictions, newest first: what each rests on, what ends it, and what became of appeals.',
  })
  async restrictions(
    @CurrentViewer() viewer: BusinessViewer,
    @Args() page: PageArgs,
  ): Promise<RestrictionConnection> {
    const restrictions = await this.read.own(viewer, page);
    return toConnection(restrictions, page.first, toRestriction, ({ id }) => publicId('rst', id));
  }

  @Permission('account:manage')
  @Idempotent()
  @Mutation(() => AppealRestrictionResult, {
    description:
      'Says something against a restriction, once, while it is in force or in the 30 days after. It goes on until an admin has decided. Refusals: `RESTRICTION_NOT_FOUND`, `ALREADY_APPEALED`, `APPEAL_TOO_LATE`.',
  })
  async appealRestriction(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: AppealRestrictionInput,
  ): Promise<typeof AppealRestrictionResult> {
    const outcome = await this.appeals.execute(viewer, input);
    if (outcome instanceof Refused) return toRefusal(RestrictionAppealRefused, outcome);
    return Object.assign(new AppealRestrictionPayload(), { restriction: toRestriction(outcome) });
  }

  @Permission('account:read')
  @Query(() => ReachTierChangeConnection, {
    description: 'How your reach tier changed, and why, newest first.',
  })
  async reachTierChanges(
    @CurrentViewer() viewer: BusinessViewer,
    @Args() page: PageArgs,
  ): Promise<ReachTierChangeConnection> {
    const changes = await this.tierChanges.own(viewer, page);
    return toConnection(changes, page.first, toReachTierChange, ({ id }) => publicId('rtc', id));
  }
}
