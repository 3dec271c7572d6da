import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, loaderOf, type RequestContext } from '@assent/platform';
import { Template } from '@assent/templates';
import { ReadQuality } from '../../use-cases/read-quality.js';
import { coarse, toQuality } from '../quality.presenter.js';
import { Quality } from '../quality.types.js';

/** What people's reactions say of each template of the business that asks. */
@Resolver(() => Template)
export class TemplateQualityResolver {
  constructor(private readonly read: ReadQuality) {}

  @ResolveField(() => Quality, {
    description:
      'What people’s reactions to messages of this template say of it, by the formula of `Query.quality`. A template that is RED is paused. docs/restrictions.md says when and for how long.',
  })
  async quality(
    @Parent() { stored }: Template,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<Quality> {
    const load = (ids: string[]) => this.read.ofTemplates(viewer, ids);
    return toQuality(await loaderOf(context, this.read, load).load(stored.id), this.read.rules, coarse);
  }
}
