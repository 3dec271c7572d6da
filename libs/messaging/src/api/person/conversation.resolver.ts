import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { toConsent } from '@assent/consent';
import type { PersonViewer } from '@assent/people';
import { MessageMedia } from '@assent/media';
import { CurrentViewer, Handles, PageArgs, Permission, toConnection } from '@assent/platform';
import { ContentState } from '../../domain/content.js';
import type { ConversationMessage } from '../../domain/message.js';
import { WRITING_REASONS } from '../../domain/writing-reasons.js';
import { understoodAs } from '../../domain/words.js';
import { LinkMedia } from '../../use-cases/link-media.js';
import { ReadConversation } from '../../use-cases/read-conversation.js';
import { WriteToBusiness } from '../../use-cases/write-to-business.js';
import { CONTENT_STATE } from '../content-state.js';
import {
  ConversationConnection,
  ConversationEntry,
  MessageNotWritten,
  WriteToBusinessInput,
  WriteToBusinessPayload,
  WriteToBusinessResult,
} from './conversation.types.js';

/** A person's conversations with businesses. */
@Resolver(() => ConversationEntry)
export class ConversationResolver {
  constructor(
    private readonly write: WriteToBusiness,
    private readonly conversations: ReadConversation,
    private readonly handles: Handles,
    private readonly linkMedia: LinkMedia,
  ) {}

  @Permission('person')
  @Mutation(() => WriteToBusinessResult, {
    description:
      'Writes to a business, which by that gets you as a contact if it does not have you yet, under an id of its own and without your number. Your stops and blocks do not keep you from writing. STOP, START and HELP, and sentences that ask to stop, are understood; a stop is heeded even where the message is refused. At most 30 messages at once and one every 2 s after that, by default. Refusals: `BUSINESS_NOT_VERIFIED`, `BLOCKED_BY_BUSINESS`, `REPLY_UNKNOWN`, `MEDIA_UNKNOWN`, `WRITE_LIMIT`, `IDEMPOTENCY_CONFLICT`.',
  })
  async writeToBusiness(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: WriteToBusinessInput,
  ): Promise<typeof WriteToBusinessResult> {
    const { answer, replayed, understood, standing, help } = await this.write.execute(viewer, input);
    const words = {
      understood: understood ? understoodAs(understood) : null,
      consent: standing && toConsent(standing),
      help,
    };
    if (!answer.taken) {
      const { reason, retryAt } = answer;
      return new MessageNotWritten({
        reason,
        message: WRITING_REASONS[reason].message,
        retryAt,
        replayed,
        ...words,
      });
    }
    return new WriteToBusinessPayload({
      id: this.idOf(viewer, answer.messageId),
      writtenAt: answer.at,
      replayed,
      ...words,
    });
  }

  @Permission('person')
  @Query(() => ConversationConnection, {
    description:
      'Your conversation with a business, newest first by when each was sent: what you wrote, and what of it became visible to you. Empty where there is none.',
  })
  async conversation(
    @CurrentViewer() viewer: PersonViewer,
    @Args('business', { type: () => ID, description: 'The business, `biz_…`.' }) business: string,
    @Args() page: PageArgs,
  ): Promise<ConversationConnection> {
    const { first, messages } = await this.conversations.page(viewer, business, page);
    return toConnection(
      messages,
      first,
      (message) => this.toEntry(viewer, message),
      ({ id }) => this.idOf(viewer, id),
    );
  }

  @ResolveField(() => ContentState, { description: CONTENT_STATE })
  contentState(@Parent() { stored }: ConversationEntry): ContentState {
    return this.conversations.stateOf(stored);
  }

  @ResolveField(() => String, { nullable: true, description: 'What it says; null where it was erased.' })
  text(@Parent() { stored }: ConversationEntry): string | null {
    return this.conversations.textOf(stored);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'What proves that this was sent to you; null for what you wrote, and where it was erased. Keep it beside text and media: `reportMessage` takes the three back, and so knows what was sent even if its own copy was changed. It means nothing to anybody but the platform.',
  })
  proof(@Parent() { stored }: ConversationEntry): string | null {
    return this.conversations.proofOf(stored);
  }

  @ResolveField(() => MessageMedia, {
    nullable: true,
    description: 'The file that goes with it; null: none, or it was erased.',
  })
  media(@Parent() { stored }: ConversationEntry): MessageMedia | null {
    return this.linkMedia.of(stored);
  }

  private toEntry(viewer: PersonViewer, stored: ConversationMessage): ConversationEntry {
    const fromYou = stored.direction === 'INBOUND';
    return {
      ...stored,
      id: this.idOf(viewer, stored.id),
      fromYou,
      inReplyTo: stored.replyTo && this.idOf(viewer, stored.replyTo),
      stored,
    };
  }

  private idOf({ personId }: PersonViewer, id: string): string {
    return this.handles.seal(`person:${personId}`, 'msg', id);
  }
}
