import {
  Args,
  Context,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { BusinessProfile, BusinessProfiles } from '@assent/accounts';
import { StopLinks } from '@assent/consent';
import type { PersonViewer } from '@assent/people';
import { MessageMedia } from '@assent/media';
import {
  CurrentViewer,
  Handles,
  loaderOf,
  mapEach,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { ContentState } from '../../domain/content.js';
import type { ReceivedMessage } from '../../domain/message.js';
import { LinkMedia } from '../../use-cases/link-media.js';
import { ReadInbox } from '../../use-cases/read-inbox.js';
import { CONTENT_STATE } from '../content-state.js';
import { AcknowledgeInput, AcknowledgePayload, InboxMessage, InboxMessageConnection } from './inbox.types.js';

/** A person's inbox. */
@Resolver(() => InboxMessage)
export class InboxResolver {
  constructor(
    private readonly inbox: ReadInbox,
    private readonly profiles: BusinessProfiles,
    private readonly handles: Handles,
    private readonly links: StopLinks,
    private readonly linkMedia: LinkMedia,
  ) {}

  @Permission('person')
  @Query(() => InboxMessageConnection, { name: 'inbox', description: 'Messages to you, newest first.' })
  async page(@CurrentViewer() viewer: PersonViewer, @Args() page: PageArgs): Promise<InboxMessageConnection> {
    const { first, messages } = await this.inbox.page(viewer, page);
    return toConnection(
      messages,
      first,
      (message) => this.toInboxMessage(viewer, message),
      ({ inboxSeq }) => String(inboxSeq),
    );
  }

  @Permission('person')
  @Mutation(() => AcknowledgePayload, {
    description:
      'Says that messages were delivered to a device or read. Statuses never go back; repeating is harmless.',
  })
  async acknowledge(
    @CurrentViewer() viewer: PersonViewer,
    @Args('input') input: AcknowledgeInput,
  ): Promise<AcknowledgePayload> {
    return { acknowledged: await this.inbox.acknowledge(viewer, input) };
  }

  @Permission('person')
  @Subscription(() => InboxMessage, {
    description:
      'Messages to you as they become visible, in order. With `after` it begins behind that cursor, so that a dropped connection misses nothing; without, with what comes from now on.',
    resolve: (message: InboxMessage) => message,
  })
  async inboxMessages(
    @CurrentViewer() viewer: PersonViewer,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AsyncGenerator<InboxMessage, void>> {
    const messages = await this.inbox.follow(viewer, after);
    return mapEach(messages, (message) => this.toInboxMessage(viewer, message));
  }

  @ResolveField(() => ContentState, { description: CONTENT_STATE })
  contentState(@Parent() { stored }: InboxMessage): ContentState {
    return this.inbox.stateOf(stored);
  }

  @ResolveField(() => String, { nullable: true, description: 'What it says; null where it was erased.' })
  text(@Parent() { stored }: InboxMessage): string | null {
    return this.inbox.textOf(stored);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'What proves that this was sent to you; null where it was erased. Keep it beside text and media: `reportMessage` takes the three back, and so knows what was sent even if its own copy was changed. It means nothing to anybody but the platform.',
  })
  proof(@Parent() { stored }: InboxMessage): string | null {
    return this.inbox.proofOf(stored);
  }

  @ResolveField(() => MessageMedia, {
    nullable: true,
    description: 'The file that goes with it; null: none, or it was erased.',
  })
  media(@Parent() { stored }: InboxMessage): MessageMedia | null {
    return this.linkMedia.of(stored);
  }

  @ResolveField(() => BusinessProfile, { description: 'Who sent it.' })
  business(@Parent() { stored }: InboxMessage, @Context() context: RequestContext) {
    return loaderOf(context, this.profiles, (ids: string[]) => this.profiles.byIds(ids)).load(
      stored.businessId,
    );
  }

  @ResolveField(() => String, {
    description:
      'Link that stops this purpose of this business without a login, by one click (RFC 8058), for 400 days from when the ' +
      'message became visible. Whoever has it can use it, so keep it to yourself; you can lift what it stops.',
  })
  stopLink(@Parent() { stored }: InboxMessage, @CurrentViewer() viewer: PersonViewer): string {
    const { businessId, purpose, receivedAt } = stored;
    return this.links.linkFor(viewer, { businessId, purpose }, receivedAt);
  }

  private toInboxMessage({ personId }: PersonViewer, stored: ReceivedMessage): InboxMessage {
    return {
      ...stored,
      id: this.handles.seal(`person:${personId}`, 'msg', stored.id),
      cursor: String(stored.inboxSeq),
      inReplyTo: stored.replyTo && this.handles.seal(`person:${personId}`, 'msg', stored.replyTo),
      stored,
    };
  }
}
