import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, PageArgs, Permission, publicId, toConnection } from '@assent/platform';
import { ProposalState, type Proposal as StoredProposal } from '../../domain/proposal.js';
import { Refused } from '../../domain/refused.js';
import { AdminViewer } from '../../domain/viewers.js';
import { DecideProposal } from '../../use-cases/decide-proposal.js';
import { ReadProposals } from '../../use-cases/read-proposals.js';
import { toRefusal } from '../refusals.js';
import {
  ApproveProposalInput,
  ProposalConnection,
  ProposalPayload,
  ProposalRefused,
  ProposalResult,
  RejectProposalInput,
  toProposal,
} from './proposal.types.js';

/** What admins propose to one another. */
@Resolver()
export class ProposalResolver {
  constructor(
    private readonly read: ReadProposals,
    private readonly decide: DecideProposal,
  ) {}

  @Permission('proposals:read')
  @Query(() => ProposalConnection, { description: 'What two admins decide, newest first.' })
  async proposals(
    @Args('state', { type: () => ProposalState, nullable: true, description: 'Only these.' })
    state: ProposalState | null,
    @Args() page: PageArgs,
  ): Promise<ProposalConnection> {
    const proposals = await this.read.page(state, page);
    return toConnection(proposals, page.first, toProposal, ({ id }) => publicId('prp', id));
  }

  @Permission('proposals:decide')
  @Mutation(() => ProposalResult, {
    description:
      'Does what another admin proposed, once, if it is still as it was then, and both admins may do it. Of several who decide at once, one has decided. Refusals: `PROPOSAL_NOT_FOUND`, `PROPOSAL_DECIDED`, `PROPOSAL_EXPIRED`, `PROPOSAL_OUTDATED`, `OWN_PROPOSAL`, `ROLE_NOT_ENOUGH`.',
  })
  async approveProposal(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: ApproveProposalInput,
  ): Promise<typeof ProposalResult> {
    return toResult(await this.decide.approve(viewer, input));
  }

  @Permission('proposals:decide')
  @Mutation(() => ProposalResult, {
    description:
      'Rejects what an admin proposed, or takes your own proposal back. Refusals: `PROPOSAL_NOT_FOUND`, `PROPOSAL_DECIDED`, `PROPOSAL_EXPIRED`, `ROLE_NOT_ENOUGH`.',
  })
  async rejectProposal(
    @CurrentViewer() viewer: AdminViewer,
    @Args('input') input: RejectProposalInput,
  ): Promise<typeof ProposalResult> {
    return toResult(await this.decide.reject(viewer, input));
  }
}

function toResult(outcome: StoredProposal | Refused): typeof ProposalResult {
  if (outcome instanceof Refused) return toRefusal(ProposalRefused, outcome);
  return Object.assign(new ProposalPayload(), { proposal: toProposal(outcome) });
}
