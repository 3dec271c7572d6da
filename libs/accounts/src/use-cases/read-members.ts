import { Injectable } from '@nestjs/common';
import { Database, type PageArgs, readPage } from '@assent/platform';
import type { Member } from '../domain/member.js';
import type { BusinessViewer } from '../domain/viewers.js';
import { MemberStore } from '../persistence/member.store.js';

/** A business reads its staff: in test mode too those of the business itself. */
@Injectable()
export class ReadMembers {
  constructor(
    private readonly database: Database,
    private readonly members: MemberStore,
  ) {}

  /** Oldest first, one more than a page holds, if there is one. @throws BadInputError */
  page({ account }: BusinessViewer, args: PageArgs): Promise<Member[]> {
    const { first, after } = readPage('members', 'mem', args);
    return this.database.transaction({ role: 'business', businessId: account.id }, (tx) =>
      this.members.page(tx, account.id, first, after),
    );
  }

  /** Members by UUID, for `loaderOf`; who is not of this business is left out. */
  async byIds({ account }: BusinessViewer, ids: readonly string[]): Promise<Map<string, Member>> {
    const members = await this.database.transaction({ role: 'business', businessId: account.id }, (tx) =>
      this.members.byIds(tx, account.id, ids),
    );
    return new Map(members.map((member) => [member.id, member]));
  }
}
