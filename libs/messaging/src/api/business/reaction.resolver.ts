import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, loaderOf, Permission, type RequestContext } from '@assent/platform';
import { ReactToMessage } from '../../use-cases/react-to-message.js';
import { ReadReactions } from '../../use-cases/read-reactions.js';
import {
  MessageReaction,
  ReactToMessageInput,
  ReactToMessageResult,
  toReactionResult,
} from '../reaction.types.js';
import { Message } from './message.types.js';

/** Reactions, as a business makes and sees them. */
@Resolver(() => Message)
export class BusinessReactionResolver {
  constructor(
    private readonly react: ReactToMessage,
    private readonly read: ReadReactions,
  ) {}

  @Permission('messages:send')
  @Mutation(() => ReactToMessageResult, {
    description:
      'Reacts to a message that the person can see, in place of your reaction before; or takes it back, which is never refused. Only where you may answer in your own words now; it takes nothing of your limits. Repeating is harmless. Refusals: `MESSAGE_UNKNOWN`, and those of sending.',
  })
  async reactToMessage(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { message, emoji = null }: ReactToMessageInput,
  ): Promise<typeof ReactToMessageResult> {
    return toReactionResult(await this.react.asBusiness(viewer, message, emoji));
  }

  @ResolveField(() => [MessageReaction], { description: 'Reactions to it: one of each side at most.' })
  async reactions(
    @Parent() { stored }: Message,
    @CurrentViewer() { businessId }: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<MessageReaction[]> {
    const load = (ids: string[]) => this.read.ofMessages({ role: 'business', businessId }, ids);
    return (await loaderOf(context, this.read, load).load(stored.id)) ?? [];
  }
}
