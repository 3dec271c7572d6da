import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdminViewer } from '@assent/accounts';
import { Cost, CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { PARKING_REASONS } from '../../domain/parking-reasons.js';
import { ReadParked } from '../../use-cases/read-parked.js';
import { type RetryAnswer, RetryParked } from '../../use-cases/retry-parked.js';
import {
  ConversationNotRetried,
  ParkedConversationConnection,
  RetriedConversation,
  RetryParkedInput,
  RetryParkedPayload,
} from './parked.types.js';

/** Conversations that could not be dispatched, for the operator to let go on once it is mended. */
@Resolver()
export class ParkedResolver {
  constructor(
    private readonly read: ReadParked,
    private readonly retry: RetryParked,
  ) {}

  @Permission('platform:read')
  @Query(() => ParkedConversationConnection, {
    description: 'Conversations that could not be dispatched time and again, the longest parked first.',
  })
  async parkedConversations(@Args() { first, after }: PageArgs): Promise<ParkedConversationConnection> {
    const parked = await this.read.execute({ first, after });
    return toConnection(
      parked,
      first,
      (each) => ({ ...each, id: publicId('prk', each.id), businessId: publicId('biz', each.businessId) }),
      ({ id }) => publicId('prk', id),
    );
  }

  @Permission('platform:operate')
  @Cost({ perEntry: 2 })
  @Mutation(() => RetryParkedPayload, {
    description:
      'Lets 1 to 100 parked conversations go on, each with a result of its own, in order. Repeating is harmless. Refusals: `PARKED_UNKNOWN`.',
  })
  async retryParked(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: RetryParkedInput,
  ): Promise<RetryParkedPayload> {
    return { results: (await this.retry.execute(viewer, input)).map(toResult) };
  }
}

function toResult({ id, outcome }: RetryAnswer): RetriedConversation | ConversationNotRetried {
  if (outcome !== 'UNKNOWN') return new RetriedConversation({ id, wasRetried: outcome === 'WAS_RETRIED' });
  const { message } = PARKING_REASONS.PARKED_UNKNOWN;
  return new ConversationNotRetried({ id, reason: 'PARKED_UNKNOWN', message, retryAt: null });
}
