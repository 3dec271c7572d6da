import { Injectable } from '@nestjs/common';
import { Database, type PageArgs, readPage } from '@assent/platform';
import type { Proposal, ProposalState } from '../domain/proposal.js';
import { ProposalStore } from '../persistence/proposal.store.js';

/** Lists what admins proposed. */
@Injectable()
export class ReadProposals {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalStore,
  ) {}

  /** Newest first, one more than a page holds, if there is one. @throws BadInputError */
  page(state: ProposalState | null, args: PageArgs): Promise<Proposal[]> {
    const { first, after } = readPage('proposals', 'prp', args);
    return this.database.transaction({ role: 'admin' }, (tx) => this.proposals.page(tx, state, first, after));
  }
}
