import { Args, Mutation, Resolver, Subscription } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { CurrentViewer, Handles, mapEach, Permission } from '@assent/platform';
import { FollowMessages } from '../../use-cases/follow-messages.js';
import { MarkMessagesRead } from '../../use-cases/mark-messages-read.js';
import { toMessage } from './message.presenter.js';
import { MarkMessagesReadInput, MarkMessagesReadPayload, MessageReceived } from './message.types.js';

/** What people write to a business. */
@Resolver()
export class InboundResolver {
  constructor(
    private readonly following: FollowMessages,
    private readonly mark: MarkMessagesRead,
    private readonly handles: Handles,
  ) {}

  @Permission('messages:read')
  @Subscription(() => MessageReceived, {
    description:
      'Every message that people write to you, in order. With `after` it begins behind that cursor, so that a dropped connection misses nothing; without, with what comes from now on.',
    resolve: (received: MessageReceived) => received,
  })
  async messageReceived(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AsyncGenerator<MessageReceived, void>> {
    const received = await this.following.received(businessId, after);
    return mapEach(received, ({ cursor, message }) => ({
      cursor,
      message: toMessage(this.handles, businessId, message),
    }));
  }

  @Permission('messages:send')
  @Mutation(() => MarkMessagesReadPayload, {
    description:
      'Says that somebody of yours has read what people wrote; they see it. READ does not go back; repeating is harmless, and messages of your own are left as they are.',
  })
  async markMessagesRead(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: MarkMessagesReadInput,
  ): Promise<MarkMessagesReadPayload> {
    return { marked: await this.mark.execute(viewer, input) };
  }
}
