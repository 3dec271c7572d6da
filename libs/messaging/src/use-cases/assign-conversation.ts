import { Injectable } from '@nestjs/common';
import { type BusinessViewer, permissionsOfRole, ReadMembers } from '@assent/accounts';
import { parsePublicId } from '@assent/platform';
import { assigned } from '../domain/conversation.js';
import {
  ChangeConversation,
  type ChangedConversation,
  type ConversationRefused,
  refusedFor,
} from './change-conversation.js';

/** Gives a conversation to one of the staff, or to nobody. */
@Injectable()
export class AssignConversation {
  constructor(
    private readonly change: ChangeConversation,
    private readonly members: ReadMembers,
  ) {}

  /** @param assignee `mem_…`; null: nobody */
  async execute(
    viewer: BusinessViewer,
    contact: string,
    assignee: string | null,
  ): Promise<ChangedConversation | ConversationRefused> {
    const memberId = assignee === null ? null : parsePublicId('mem', assignee);
    if (memberId !== null) {
      const member = memberId && (await this.members.byIds(viewer, [memberId])).get(memberId);
      if (!member) return refusedFor('MEMBER_UNKNOWN');
      if (!permissionsOfRole(member.role).has('conversations:manage')) return refusedFor('ASSIGNEE_MAY_NOT');
    }
    return this.change.execute(viewer, contact, 'ASSIGNED', ({ locked }) =>
      assigned(locked.conversation, memberId ?? null),
    );
  }
}
