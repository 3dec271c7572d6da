import {
  Args,
  Context,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import type { BusinessViewer } from '@assent/accounts';
import { Contact, ContactLoader } from '@assent/matching';
import { MessageMedia } from '@assent/media';
import {
  Cost,
  CurrentViewer,
  Handles,
  loaderOf,
  mapEach,
  PageArgs,
  Permission,
  publicId,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { NameTemplates } from '@assent/templates';
import { ContentState } from '../../domain/content.js';
import { REASONS } from '../../domain/reasons.js';
import { LinkMedia } from '../../use-cases/link-media.js';
import { FollowMessages } from '../../use-cases/follow-messages.js';
import { ReadHandOffs } from '../../use-cases/read-hand-offs.js';
import { ReadMessages } from '../../use-cases/read-messages.js';
import { type SendAnswer, SendMessages } from '../../use-cases/send-messages.js';
import { CONTENT_STATE } from '../content-state.js';
import { SendMessageInput, SendMessagesInput } from './message-input.types.js';
import { HandOff } from './hand-off.types.js';
import { toMessage } from './message.presenter.js';
import {
  AcceptedMessage,
  Message,
  MessageConnection,
  MessageStatusChange,
  RefusedMessage,
  SendMessageResult,
  SendMessagesPayload,
  SentTemplate,
} from './message.types.js';
import { toObjection } from './objection.types.js';

/** Sending messages, and what becomes of them. */
@Resolver(() => Message)
export class MessageResolver {
  constructor(
    private readonly sendMessages: SendMessages,
    private readonly messages: ReadMessages,
    private readonly following: FollowMessages,
    private readonly contacts: ContactLoader,
    private readonly templates: NameTemplates,
    private readonly handOffsOf: ReadHandOffs,
    private readonly handles: Handles,
    private readonly linkMedia: LinkMedia,
  ) {}

  @Permission('messages:send')
  @Mutation(() => SendMessageResult, {
    description:
      'Accepts one message for delivery, or explains why not. Accepted is stored: it can not be lost.',
  })
  async sendMessage(@CurrentViewer() viewer: BusinessViewer, @Args('input') input: SendMessageInput) {
    return this.toResult(viewer.businessId, await this.sendMessages.one(viewer, input));
  }

  @Permission('messages:send')
  @Cost({ perEntry: 2 })
  @Mutation(() => SendMessagesPayload, {
    name: 'sendMessages',
    description:
      'Accepts 1 to 1,000 messages, each with a result of its own, in order. Input that breaks a rule refuses the whole request with BAD_INPUT, and nothing is accepted.',
  })
  async sendMany(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') input: SendMessagesInput,
  ): Promise<SendMessagesPayload> {
    const answers = await this.sendMessages.many(viewer, input);
    return { results: answers.map((answer) => this.toResult(viewer.businessId, answer)) };
  }

  @Permission('messages:read')
  @Query(() => Message, {
    nullable: true,
    description: 'One of your messages; null where it is none of yours.',
  })
  async message(@CurrentViewer() { businessId }: BusinessViewer, @Args('id', { type: () => ID }) id: string) {
    const message = await this.messages.byHandle(businessId, id);
    return message && toMessage(this.handles, businessId, message);
  }

  @Permission('messages:read')
  @Query(() => MessageConnection, {
    name: 'messages',
    description:
      'Your messages, those that people wrote to you included, newest first; of one contact where one is given.',
  })
  async page(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args() { first, after }: PageArgs,
    @Args('contact', { type: () => ID, nullable: true }) contact: string | null,
  ): Promise<MessageConnection> {
    const { messages } = await this.messages.page(businessId, { first, after, contact });
    return toConnection(
      messages,
      first,
      (message) => toMessage(this.handles, businessId, message),
      ({ id }) => this.handles.seal(`business:${businessId}`, 'msg', id),
    );
  }

  @ResolveField(() => ContentState, { description: CONTENT_STATE })
  contentState(@Parent() { stored }: Message): ContentState {
    return this.messages.stateOf(stored);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What it says; null where it was erased.',
  })
  text(@Parent() { stored }: Message): string | null {
    return this.messages.textOf(stored);
  }

  @ResolveField(() => MessageMedia, {
    nullable: true,
    description: 'The file that goes with it; null: none, or it was erased.',
  })
  media(@Parent() { stored }: Message): MessageMedia | null {
    return this.linkMedia.of(stored);
  }

  @ResolveField(() => Contact, {
    nullable: true,
    description: 'Whom it is for, or who wrote it; null where that contact is gone.',
  })
  contact(
    @Parent() { stored }: Message,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ) {
    if (stored.contactId === null) return null;
    return loaderOf(context, this.contacts, (ids: string[]) => this.contacts.byIds(viewer, ids)).load(
      stored.contactId,
    );
  }

  @ResolveField(() => SentTemplate, {
    nullable: true,
    description: 'The template that it is of; null: free words, or what the person wrote.',
  })
  async template(
    @Parent() { stored: { template } }: Message,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<SentTemplate | null> {
    if (!template) return null;
    const loader = loaderOf(context, this.templates, (ids: string[]) =>
      this.templates.ofVersions(viewer, ids),
    );
    const named = await loader.load(template.versionId);
    return named
      ? { id: publicId('tpl', template.id), language: template.language, name: named.name, version: named.nr }
      : null;
  }

  @ResolveField(() => [HandOff], {
    description:
      'How it went, or is to go, by a carrier beside the app; empty where the person or the operator lets it go by none. Kept for 30 days.',
  })
  async handOffs(
    @Parent() { stored }: Message,
    @CurrentViewer() { businessId }: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<HandOff[]> {
    const loader = loaderOf(context, this.handOffsOf, (ids: string[]) =>
      this.handOffsOf.execute(businessId, ids),
    );
    return (await loader.load(stored.id)) ?? [];
  }

  @Permission('messages:read')
  @Subscription(() => MessageStatusChange, {
    description:
      'Every step of your messages to people after they were accepted, in order. With `after` it begins behind that cursor, so that a dropped connection misses nothing; without, with what comes from now on.',
    resolve: (change: MessageStatusChange) => change,
  })
  async messageStatusChanged(
    @CurrentViewer() { businessId }: BusinessViewer,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AsyncGenerator<MessageStatusChange, void>> {
    const changes = await this.following.statuses(businessId, after);
    return mapEach(changes, (change) => ({
      ...change,
      messageId: this.handles.seal(`business:${businessId}`, 'msg', change.messageId),
    }));
  }

  private toResult(businessId: string, { idempotencyKey, answer, replayed }: SendAnswer) {
    if (answer.accepted) {
      const id = this.handles.seal(`business:${businessId}`, 'msg', answer.messageId);
      return new AcceptedMessage({
        id,
        idempotencyKey,
        acceptedAt: answer.at,
        deferredUntil: answer.deferral?.until ?? null,
        deferredBecause: answer.deferral?.reason ?? null,
        replayed,
      });
    }
    const { reason, retryAt, parameter, others } = answer;
    return new RefusedMessage({
      reason,
      message: REASONS[reason].message,
      retryAt,
      parameter,
      otherObjections: others?.map(toObjection) ?? null,
      idempotencyKey,
      replayed,
    });
  }
}
