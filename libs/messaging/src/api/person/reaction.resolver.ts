import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { PersonViewer } from '@assent/people';
import { CurrentViewer, loaderOf, Permission, type RequestContext } from '@assent/platform';
import { ReactToMessage } from '../../use-cases/react-to-message.js';
import { ReadReactions } from '../../use-cases/read-reactions.js';
import {
  MessageReaction,
  ReactToMessageInput,
  ReactToMessageResult,
  toReactionResult,
} from '../reaction.types.js';
import { ConversationEntry } from './conversation.types.js';

/** Reactions, as a person makes and sees them. */
@Resolver(() => ConversationEntry)
export class PersonReactionResolver {
  constructor(
    private readonly react: ReactToMessage,
    private readonly read: ReadReactions,
  ) {}

  @Permission('person')
  @Mutation(() => ReactToMessageResult, {
    description:
      'Reacts to a message of one of your conversations, in place of your reaction before, or takes it back. It is no message: it opens no service window. Repeating is harmless. Refusals: `MESSAGE_UNKNOWN`, `BLOCKED_BY_BUSINESS`.',
  })
  async reactToMessage(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') { message, emoji = null }: ReactToMessageInput,
  ): Promise<typeof ReactToMessageResult> {
    return toReactionResult(await this.react.asPerson(viewer, message, emoji));
  }

  @ResolveField(() => [MessageReaction], { description: 'Reactions to it: one of each side at most.' })
  async reactions(
    @Parent() { stored }: ConversationEntry,
    @CurrentViewer() { personId }: PersonViewer,
    @Context() context: RequestContext,
  ): Promise<MessageReaction[]> {
    const load = (ids: string[]) => this.read.ofMessages({ role: 'person', personId }, ids);
    return (await loaderOf(context, this.read, load).load(stored.id)) ?? [];
  }
}
