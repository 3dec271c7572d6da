import { Refused } from './refused.js';

/** What became of a proposal. EXPIRED: nobody decided in time. OUTDATED: what it was about had changed when it was approved. */
export const ProposalState = {
  WAITING: 'WAITING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  OUTDATED: 'OUTDATED',
  EXPIRED: 'EXPIRED',
} as const;
export type ProposalState = keyof typeof ProposalState;

/** How long an admin can approve it. */
export const PROPOSAL_MS = 72 * 60 * 60_000;

/** Proposals of one admin that wait at a time: a queue that nobody can read is no second pair of eyes. */
export const MOST_WAITING = 100;

/** What one admin asked for, and another one has to approve before it is done. */
export interface Proposal {
  id: string;
  /** The mutation that was asked for. */
  operation: string;
  /** Its input, as JSON. */
  input: string;
  /** What was the case when it was proposed, as JSON: where it no longer is, nothing is done. */
  basis: string;
  /** Public ids of what it is about. */
  subjects: string[];
  reason: string | null;
  proposedBy: string;
  proposedAt: Date;
  expiresAt: Date;
  state: ProposalState;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** Why it was rejected, or what was in the way. */
  note: string | null;
}

/** Who does something: an admin through a session, or the one who proposed what another admin approves now. */
export interface ActingAdmin {
  adminId: string;
  /** What was the case when they proposed it; undefined: nobody has approved anything. */
  approved?: string | undefined;
}

/** Nothing was done yet: another admin has to approve it. */
export class NeedsApproval extends Refused<'APPROVAL_NEEDED'> {
  constructor(
    message: string,
    readonly proposal: Proposal,
  ) {
    super('APPROVAL_NEEDED', message);
  }
}
