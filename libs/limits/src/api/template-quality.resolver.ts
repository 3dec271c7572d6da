import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AdminViewer, type BusinessViewer } from '@assent/accounts';
import { CurrentViewer, loaderOf, type RequestContext } from '@assent/platform';
import { Template } from '@assent/templates';
import { ReadQuality } from '../use-cases/read-quality.js';
import { coarse, exact, toQuality } from './quality.presenter.js';
import { Quality } from './quality.types.js';

/** What people’s reactions say of each template: to its business in coarse numbers, to the operator in exact ones. */
@Resolver(() => Template)
export class TemplateQualityResolver {
  constructor(private readonly read: ReadQuality) {}

  @ResolveField(() => Quality, {
    description:
      'What people’s reactions to messages of this template say of it, by the formula of `Query.quality`. A template that is RED is paused. docs/restrictions.md says when and for how long.',
  })
  async quality(
    @Parent() { stored }: Template,
    @CurrentViewer() viewer: BusinessViewer | AdminViewer,
    @Context() context: RequestContext,
  ): Promise<Quality> {
    const load = (ids: string[]) => this.read.ofTemplates(viewer, ids);
    const judged = await loaderOf(context, this.read, load).load(stored.id);
    return toQuality(judged, this.read.rules, viewer instanceof AdminViewer ? exact : coarse);
  }
}
