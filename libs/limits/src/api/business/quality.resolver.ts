import { Args, Query, Resolver } from '@nestjs/graphql';
import { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, Permission } from '@assent/platform';
import { ReadQuality } from '../../use-cases/read-quality.js';
import { coarse, toQuality, toScore } from '../quality.presenter.js';
import { Quality } from '../quality.types.js';
import { SimulatedQuality, SimulateQualityInput } from './quality.types.js';

/** What people's reactions say of the business that asks. */
@Resolver()
export class QualityResolver {
  constructor(private readonly read: ReadQuality) {}

  @Permission('account:read')
  @Query(() => Quality, {
    description:
      'What people’s reactions to your messages say of you, with everything that it is made of and what would restore it. Each conversation counts once. docs/quality.md has the formula.',
  })
  async quality(@CurrentViewer() viewer: BusinessViewer): Promise<Quality> {
    return toQuality(await this.read.ofBusiness(viewer), this.read.rules, coarse);
  }

  @Permission('account:read')
  @Query(() => SimulatedQuality, {
    description:
      'What your quality would be if these reactions came on top now: of people who have long had their number, know other businesses and joined on different days. Nothing is changed.',
  })
  async simulateQuality(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: SimulateQualityInput,
  ): Promise<SimulatedQuality> {
    const judgement = await this.read.suppose(viewer, input);
    return { level: judgement.level, score: toScore(judgement) };
  }
}
