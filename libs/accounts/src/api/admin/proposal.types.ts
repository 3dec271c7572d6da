import { Field, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionType, publicId, Refusal, resultUnion } from '@assent/platform';
import { type NeedsApproval, ProposalState, type Proposal as StoredProposal } from '../../domain/proposal.js';

registerEnumType(ProposalState, {
  name: 'ProposalState',
  description: 'What became of a proposal.',
  valuesMap: {
    WAITING: { description: 'Another admin has to decide.' },
    APPROVED: { description: 'Another admin approved it, and it was done.' },
    REJECTED: { description: 'An admin rejected it, or took their own back.' },
    OUTDATED: { description: 'It was approved, and not done: `note` says what was in the way.' },
    EXPIRED: { description: 'Nobody decided within 72 hours.' },
  },
});

@ObjectType({ description: 'What one admin asked for, and another one has to approve.' })
export class Proposal {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The mutation that was asked for.' })
  operation!: string;

  @Field(() => String, { description: 'Its input, as JSON: what is done once somebody approves it.' })
  input!: string;

  @Field(() => [ID], { description: 'What it is about.' })
  subjects!: string[];

  @Field(() => String, { nullable: true, description: 'Why, where the mutation asks for that.' })
  reason!: string | null;

  @Field(() => ID, { description: 'The admin who asked for it, `adm_…`.' })
  proposedBy!: string;

  @Field(() => GraphQLISODateTime)
  proposedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'Until when it can be approved: 72 hours later.' })
  expiresAt!: Date;

  @Field(() => ProposalState)
  state!: ProposalState;

  @Field(() => ID, { nullable: true, description: 'The admin who decided.' })
  decidedBy!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected, or what was in the way.' })
  note!: string | null;
}

@ObjectType({ description: 'A page of proposals, newest first.' })
export class ProposalConnection extends connectionType(Proposal, 'ProposalConnection') {}

@ObjectType({
  implements: () => Refusal,
  description:
    '`APPROVAL_NEEDED`: nothing was done yet, since another admin has to approve it. What waits already is not proposed again.',
})
export class ApprovalNeeded extends Refusal {
  @Field(() => Proposal)
  proposal!: Proposal;
}

@InputType()
export class ApproveProposalInput {
  @Field(() => ID, { description: 'The proposal, `prp_…`.' })
  proposal!: string;
}

@InputType()
export class RejectProposalInput {
  @Field(() => ID, { description: 'The proposal, `prp_…`.' })
  proposal!: string;

  @Field(() => String, { description: 'Why, 1 to 1,000 characters; other admins read it.' })
  reason!: string;
}

@ObjectType()
export class ProposalPayload {
  @Field(() => Proposal)
  proposal!: Proposal;
}

@ObjectType({
  implements: () => Refusal,
  description:
    '`PROPOSAL_NOT_FOUND`: there is none with that id. `PROPOSAL_DECIDED`, `PROPOSAL_EXPIRED`: it no longer waits. `OWN_PROPOSAL`: another admin has to approve it. `ROLE_NOT_ENOUGH`: your role may not do what it proposes. `PROPOSAL_OUTDATED`: nothing was done, since what it is about has changed.',
})
export class ProposalRefused extends Refusal {}

export const ProposalResult = resultUnion('ProposalResult', [ProposalPayload, ProposalRefused]);

export function toProposal({
  id,
  proposedBy,
  decidedBy,
  basis: _basis,
  ...proposal
}: StoredProposal): Proposal {
  return {
    ...proposal,
    id: publicId('prp', id),
    proposedBy: publicId('adm', proposedBy),
    decidedBy: decidedBy && publicId('adm', decidedBy),
  };
}

export function toApprovalNeeded({ reason, message, retryAt, proposal }: NeedsApproval): ApprovalNeeded {
  return Object.assign(new ApprovalNeeded(), { reason, message, retryAt, proposal: toProposal(proposal) });
}
