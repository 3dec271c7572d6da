import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { Cost, CurrentViewer, Permission } from '@assent/platform';
import { CANCELLING_REASONS } from '../../domain/cancelling-reasons.js';
import { type CancelAnswer, CancelMessages } from '../../use-cases/cancel-messages.js';
import {
  CancelledMessage,
  CancelMessageInput,
  CancelMessageResult,
  CancelMessagesInput,
  CancelMessagesPayload,
  MessageNotCancelled,
} from './cancel.types.js';

/** Taking messages back. */
@Resolver()
export class CancelResolver {
  constructor(private readonly cancelMessages: CancelMessages) {}

  @Permission('messages:send')
  @Mutation(() => CancelMessageResult, {
    description:
      'Takes one message back that nobody can see yet: scheduled, waiting or queued. It ends CANCELLED. Repeating is harmless.',
  })
  async cancelMessage(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args('input') input: CancelMessageInput,
  ) {
    return toResult(await this.cancelMessages.one(businessId, input));
  }

  @Permission('messages:send')
  @Cost({ perEntry: 2 })
  @Mutation(() => CancelMessagesPayload, {
    name: 'cancelMessages',
    description: 'Takes 1 to 1,000 messages back, each with a result of its own, in order.',
  })
  async cancelMany(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args('input') input: CancelMessagesInput,
  ): Promise<CancelMessagesPayload> {
    return { results: (await this.cancelMessages.many(businessId, input)).map(toResult) };
  }
}

function toResult({ message: id, cancelling }: CancelAnswer): CancelledMessage | MessageNotCancelled {
  if (cancelling.outcome !== 'REFUSED')
    return new CancelledMessage({ id, wasCancelled: cancelling.outcome === 'WAS_CANCELLED' });
  const { reason } = cancelling;
  return new MessageNotCancelled({
    id,
    reason,
    message: CANCELLING_REASONS[reason].message,
    retryAt: null,
  });
}
