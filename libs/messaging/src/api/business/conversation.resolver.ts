import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type BusinessViewer, Member, ReadMembers, toMember } from '@assent/accounts';
import { Contact, ContactLoader } from '@assent/matching';
import {
  CurrentViewer,
  loaderOf,
  PageArgs,
  Permission,
  type RequestContext,
  toConnection,
} from '@assent/platform';
import { AssignConversation } from '../../use-cases/assign-conversation.js';
import { CloseConversation } from '../../use-cases/close-conversation.js';
import { MarkConversationRead } from '../../use-cases/mark-conversation-read.js';
import { ReadConversations } from '../../use-cases/read-conversations.js';
import { toConversation, toConversationResult } from './conversation.presenter.js';
import {
  AssignConversationInput,
  BusinessConversationConnection,
  Conversation,
  ConversationFilter,
  ConversationInput,
  ConversationResult,
} from './conversation.types.js';

/** The inbox of the staff of a business. */
@Resolver(() => Conversation)
export class StaffConversationResolver {
  constructor(
    private readonly read: ReadConversations,
    private readonly assign: AssignConversation,
    private readonly closing: CloseConversation,
    private readonly mark: MarkConversationRead,
    private readonly members: ReadMembers,
    private readonly contacts: ContactLoader,
  ) {}

  @Permission('messages:read')
  @Query(() => BusinessConversationConnection, {
    description:
      'Conversations in which people wrote to you; those who wrote last come first. One that moves while you read pages may be met again, at the front.',
  })
  async conversations(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('filter', { type: () => ConversationFilter, nullable: true }) filter: ConversationFilter | null,
    @Args() page: PageArgs,
  ): Promise<BusinessConversationConnection> {
    const { first, conversations } = await this.read.page(viewer, filter ?? {}, page);
    return toConnection(conversations, first, toConversation, (last) => this.read.cursorOf(viewer, last));
  }

  @Permission('messages:read')
  @Query(() => Conversation, {
    name: 'conversation',
    nullable: true,
    description: 'The conversation with one contact; null where they have not written to you.',
  })
  async one(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('contact', { type: () => ID }) contact: string,
  ): Promise<Conversation | null> {
    const conversation = await this.read.of(viewer, contact);
    return conversation ? toConversation(conversation) : null;
  }

  @Permission('conversations:manage')
  @Mutation(() => ConversationResult, {
    description:
      'Gives a conversation to one of your members, or to nobody. Refusals: `CONVERSATION_UNKNOWN`, `MEMBER_UNKNOWN`, `ASSIGNEE_MAY_NOT`.',
  })
  async assignConversation(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { contact, assignee = null }: AssignConversationInput,
  ): Promise<typeof ConversationResult> {
    return toConversationResult(await this.assign.execute(viewer, contact, assignee));
  }

  @Permission('conversations:manage')
  @Mutation(() => ConversationResult, {
    description:
      'Closes a conversation: there is nothing left to do. The next message of the person opens it again. Refusals: `CONVERSATION_UNKNOWN`.',
  })
  async closeConversation(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { contact }: ConversationInput,
  ): Promise<typeof ConversationResult> {
    return toConversationResult(await this.closing.close(viewer, contact));
  }

  @Permission('conversations:manage')
  @Mutation(() => ConversationResult, {
    description: 'Opens a closed conversation again. Refusals: `CONVERSATION_UNKNOWN`.',
  })
  async reopenConversation(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { contact }: ConversationInput,
  ): Promise<typeof ConversationResult> {
    return toConversationResult(await this.closing.reopen(viewer, contact));
  }

  @Permission('conversations:manage')
  @Mutation(() => ConversationResult, {
    description:
      'Says that somebody of yours has read what the person wrote, the newest 1,000 unread messages at once; the person sees it. Refusals: `CONVERSATION_UNKNOWN`.',
  })
  async markConversationRead(
    @CurrentViewer() viewer: BusinessViewer,
    @Args('input') { contact }: ConversationInput,
  ): Promise<typeof ConversationResult> {
    return toConversationResult(await this.mark.execute(viewer, contact));
  }

  @ResolveField(() => Contact, {
    nullable: true,
    description: 'Whom it is with; null where they have gone meanwhile.',
  })
  contact(
    @Parent() { stored }: Conversation,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ) {
    const load = (ids: string[]) => this.contacts.byIds(viewer, ids);
    return loaderOf(context, this.contacts, load).load(stored.contactId);
  }

  @ResolveField(() => Member, { nullable: true, description: 'Who has it; null: nobody.' })
  async assignee(
    @Parent() { stored }: Conversation,
    @CurrentViewer() viewer: BusinessViewer,
    @Context() context: RequestContext,
  ): Promise<Member | null> {
    if (stored.assignedTo === null) return null;
    const load = (ids: string[]) => this.members.byIds(viewer, ids);
    const member = await loaderOf(context, this.members, load).load(stored.assignedTo);
    return member ? toMember(member) : null;
  }
}
