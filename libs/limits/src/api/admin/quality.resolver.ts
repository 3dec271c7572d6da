import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer } from '@assent/accounts';
import { CurrentViewer, Permission } from '@assent/platform';
import { ReadQuality } from '../../use-cases/read-quality.js';
import { exact, toQuality } from '../quality.presenter.js';
import { Quality } from '../quality.types.js';

/** What people's reactions say of any business, for the operator. */
@Resolver()
export class OperatorQualityResolver {
  constructor(private readonly read: ReadQuality) {}

  @Permission('businesses:read')
  @Query(() => Quality, {
    description: 'What people’s reactions say of a business, as it reads it itself, with exact counts.',
  })
  async businessQuality(
    @CurrentViewer() viewer: AdminViewer,
    @Args('business', { type: () => ID, description: '`biz_…`' }) business: string,
  ): Promise<Quality> {
    return toQuality(await this.read.ofAny(viewer, business), this.read.rules, exact);
  }
}
