import { Field, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessViewer } from '@assent/accounts';
import { ReachTierChange, ReadReachTierChanges, toReachTierChange } from '@assent/limits';
import { Cost, CurrentViewer, Permission } from '@assent/platform';
import { ReadKillSwitches } from '../../use-cases/read-kill-switches.js';
import { ReadLimits } from '../../use-cases/read-limits.js';
import { LimitBudget } from './budget.types.js';
import { SwitchedOff, toSwitchedOff } from './switched-off.types.js';

@ObjectType({
  description: 'All limits of your business, as they stand now, and why your reach tier is what it is.',
})
export class Limits {
  @Field(() => [LimitBudget], { description: 'What is published and what is left of each limit.' })
  all!: LimitBudget[];
}

/** What a business may still do. */
@Resolver(() => Limits)
export class LimitsResolver {
  constructor(
    private readonly read: ReadLimits,
    private readonly tierChanges: ReadReachTierChanges,
    private readonly switches: ReadKillSwitches,
  ) {}

  @Permission('account:read')
  @Cost({ base: 10 })
  @Query(() => Limits, {
    description:
      'All your limits: how much, what of it is used, what is left, and when the next unit comes back.',
  })
  async limits(@CurrentViewer() { businessId }: BusinessViewer): Promise<Limits> {
    return { all: await this.read.execute(businessId) };
  }

  @ResolveField(() => [SwitchedOff], {
    description:
      'What the operator has switched off of what you send by, newest first, 100 at most; in test mode nothing is.',
  })
  async switchedOff(@CurrentViewer() viewer: BusinessViewer): Promise<SwitchedOff[]> {
    return (await this.switches.of(viewer)).map(toSwitchedOff);
  }

  @ResolveField(() => ReachTierChange, {
    nullable: true,
    description:
      'The last change of your reach tier, and why; null: you have the one that everybody begins with.',
  })
  async tierBecause(@CurrentViewer() viewer: BusinessViewer): Promise<ReachTierChange | null> {
    const [newest] = await this.tierChanges.own(viewer, { first: 1, after: null });
    return newest ? toReachTierChange(newest) : null;
  }
}
