import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentViewer, Permission } from '@assent/platform';
import { Refused } from '../../domain/refused.js';
import { AdminViewer } from '../../domain/viewers.js';
import { EnrolSecondFactor } from '../../use-cases/enrol-second-factor.js';
import { GiveSecondFactor } from '../../use-cases/give-second-factor.js';
import { toRefusal } from '../refusals.js';
import {
  EnrolSecondFactorPayload,
  EnrolSecondFactorRefused,
  EnrolSecondFactorResult,
  GiveSecondFactorInput,
  GiveSecondFactorPayload,
  GiveSecondFactorRefused,
  GiveSecondFactorResult,
} from './second-factor.types.js';

@Resolver()
export class SecondFactorResolver {
  constructor(
    private readonly enrol: EnrolSecondFactor,
    private readonly give: GiveSecondFactor,
  ) {}

  @Permission('admin:self')
  @Mutation(() => EnrolSecondFactorResult, {
    description:
      'Begins your second factor: a secret for an authenticator app. Its first code, by `giveSecondFactor`, enrols it. Refusals: `SECOND_FACTOR_ENROLLED`.',
  })
  async enrolSecondFactor(@CurrentViewer() viewer: AdminViewer): Promise<typeof EnrolSecondFactorResult> {
    const outcome = await this.enrol.execute(viewer);
    if (outcome instanceof Refused) return toRefusal(EnrolSecondFactorRefused, outcome);
    return Object.assign(new EnrolSecondFactorPayload(), outcome);
  }

  @Permission('admin:self')
  @Mutation(() => GiveSecondFactorResult, {
    description:
      'Makes this session full for 12 hours, and lets it do what is dangerous for 5 minutes. Refusals: `CODE_INVALID`, `TOO_MANY_ATTEMPTS`, `SECOND_FACTOR_NOT_BEGUN`.',
  })
  async giveSecondFactor(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: GiveSecondFactorInput,
  ): Promise<typeof GiveSecondFactorResult> {
    const outcome = await this.give.execute(viewer, input);
    if (outcome instanceof Refused) return toRefusal(GiveSecondFactorRefused, outcome);
    return Object.assign(new GiveSecondFactorPayload(), outcome);
  }
}
