import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer, NeedsApproval, Refused, toApprovalNeeded } from '@assent/accounts';
import { CurrentViewer, Idempotent, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import type { Restriction } from '../../domain/restriction.js';
import { AppealRestriction } from '../../use-cases/appeal-restriction.js';
import { ImposeRestriction } from '../../use-cases/impose-restriction.js';
import { ReadRestrictions } from '../../use-cases/read-restrictions.js';
import { RestrictionConnection, toRestriction } from '../restriction.types.js';
import { toRefusal } from '../refusals.js';
import {
  DecideRestrictionAppealInput,
  ImposeRestrictionInput,
  LiftRestrictionInput,
  RestrictionChangeRefused,
  RestrictionPayload,
  RestrictionResult,
} from './restriction.types.js';

/** Restrictions of businesses, and their appeals, for admins. */
@Resolver()
export class RestrictionResolver {
  constructor(
    private readonly impose: ImposeRestriction,
    private readonly appeals: AppealRestriction,
    private readonly read: ReadRestrictions,
  ) {}

  @Permission('restrictions:manage')
  @Idempotent()
  @Mutation(() => RestrictionResult, {
    description:
      'Restricts a business from now on, in place of a restriction that is in force. Its owners are told. Two admins decide where the one in force ends later. Refusals: `BUSINESS_NOT_FOUND`, `APPROVAL_NEEDED`.',
  })
  async imposeRestriction(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ImposeRestrictionInput,
  ): Promise<typeof RestrictionResult> {
    return toResult(await this.impose.execute(viewer, input));
  }

  @Permission('restrictions:manage')
  @Mutation(() => RestrictionResult, {
    description:
      'Ends a restriction that is in force; it still counts for the rung of the next one. Two admins decide it. Refusals: `RESTRICTION_NOT_FOUND`, `RESTRICTION_OVER`, `APPROVAL_NEEDED`.',
  })
  async liftRestriction(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: LiftRestrictionInput,
  ): Promise<typeof RestrictionResult> {
    return toResult(await this.impose.lift(viewer, input));
  }

  @Permission('reviews:decide')
  @Query(() => RestrictionConnection, {
    description:
      'Restrictions that a business has appealed against and nobody has decided on, oldest appeal first.',
  })
  async restrictionAppeals(@Args() page: PageArgs): Promise<RestrictionConnection> {
    return toPage(await this.appeals.queue(page), page);
  }

  @Permission('reviews:decide')
  @Mutation(() => RestrictionResult, {
    description:
      'Decides an appeal. OVERTURNED ends the restriction at once, and it counts for nothing any more. Of two admins who decide at once, one has decided. To overturn one that is in force is for two of them. Refusals: `RESTRICTION_NOT_FOUND`, `NO_OPEN_APPEAL`, `APPROVAL_NEEDED`.',
  })
  async decideRestrictionAppeal(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: DecideRestrictionAppealInput,
  ): Promise<typeof RestrictionResult> {
    return toResult(await this.appeals.decide(viewer, input));
  }

  @Permission('businesses:read')
  @Query(() => RestrictionConnection, { description: 'All restrictions of a business, newest first.' })
  async restrictions(
    @Args('business', { type: () => ID, description: 'The business, `biz_…`.' }) business: string,
    @Args() page: PageArgs,
  ): Promise<RestrictionConnection> {
    return toPage(await this.read.ofBusiness(business, page), page);
  }
}

function toResult(outcome: Restriction | Refused): typeof RestrictionResult {
  if (outcome instanceof NeedsApproval) return toApprovalNeeded(outcome);
  if (outcome instanceof Refused) return toRefusal(RestrictionChangeRefused, outcome);
  return Object.assign(new RestrictionPayload(), { restriction: toRestriction(outcome) });
}

function toPage(restrictions: Restriction[], { first }: PageArgs): RestrictionConnection {
  return toConnection(restrictions, first, toRestriction, ({ id }) => publicId('rst', id));
}
