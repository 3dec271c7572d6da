import { Injectable } from '@nestjs/common';
import { AuditOperations, type Json, OPERATOR_LEDGER, plainAct, RecordActs } from '@assent/ledger';
import { BadInputError, Database, parseInput, publicId, type Transaction } from '@assent/platform';
import { z } from 'zod';
import { ADMIN_REASONS } from '../domain/admin-reasons.js';
import { roleMay } from '../domain/permissions.js';
import type { Proposal } from '../domain/proposal.js';
import { Refused } from '../domain/refused.js';
import type { AdminViewer } from '../domain/viewers.js';
import { AdminStore } from '../persistence/admin.store.js';
import { ProposalStore } from '../persistence/proposal.store.js';
import { FourEyes } from './four-eyes.js';
import { idRule, textRule } from './rules.js';
import { TakeAdminTurn } from './take-admin-turn.js';

const approveSchema = z.object({ proposal: idRule('prp') });
const rejectSchema = z.object({ proposal: idRule('prp'), reason: textRule(1_000) });
const MOST_NOTE = 1_000;
const NO_LONGER = 'Who proposed it may no longer ask for it.';

export type ProposalRefused = Refused<
  | 'OWN_PROPOSAL'
  | 'PROPOSAL_DECIDED'
  | 'PROPOSAL_EXPIRED'
  | 'PROPOSAL_NOT_FOUND'
  | 'PROPOSAL_OUTDATED'
  | 'ROLE_NOT_ENOUGH'
>;

/** Another admin decides what one proposed. Of several who decide at once, one has decided. */
@Injectable()
export class DecideProposal {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalStore,
    private readonly admins: AdminStore,
    private readonly turn: TakeAdminTurn,
    private readonly eyes: FourEyes,
    private readonly audit: AuditOperations,
    private readonly acts: RecordActs,
  ) {}

  /**
   * Does what was proposed, once, in one transaction with the decision. It is OUTDATED instead where the one who proposed it may no
   * longer ask for it, or what it is about has changed. @throws BadInputError
   */
  async approve({ adminId }: AdminViewer, input: unknown): Promise<Proposal | ProposalRefused> {
    const { proposal: id } = parseInput(approveSchema, input);
    return this.database.whole({ role: 'engine' }, async (tx) => {
      const taken = await this.database.transaction({ role: 'admin' }, (part) =>
        this.take(part, adminId, id),
      );
      if (taken instanceof Refused) return taken;
      if (taken.proposal.proposedBy === adminId) return refused('OWN_PROPOSAL');
      const obstacle = taken.mayStill ? await this.run(taken.proposal) : NO_LONGER;
      const decided = await this.decide(id, {
        state: obstacle === undefined ? 'APPROVED' : 'OUTDATED',
        decidedBy: adminId,
        note: obstacle?.slice(0, MOST_NOTE) ?? null,
      });
      if (obstacle !== undefined) return refused('PROPOSAL_OUTDATED');
      await this.record(tx, decided);
      return decided;
    });
  }

  /** Nothing is done then. Who proposed it may take it back so. @throws BadInputError */
  async reject({ adminId }: AdminViewer, input: unknown): Promise<Proposal | ProposalRefused> {
    const { proposal: id, reason } = parseInput(rejectSchema, input);
    return this.database.whole({ role: 'engine' }, async () => {
      const taken = await this.database.transaction({ role: 'admin' }, (part) =>
        this.take(part, adminId, id),
      );
      if (taken instanceof Refused) return taken;
      return this.decide(id, { state: 'REJECTED', decidedBy: adminId, note: reason });
    });
  }

  /**
   * A proposal that can be decided by this admin, and whether the one who proposed it may still ask for it. Until the end of the whole
   * nobody else decides it, and no role changes. Locks: admins, then the proposal; `run` takes those of what it is about behind them.
   */
  private async take(
    tx: Transaction,
    adminId: string,
    id: string,
  ): Promise<{ proposal: Proposal; mayStill: boolean } | ProposalRefused> {
    await this.admins.lockAll(tx);
    const proposal = await this.proposals.lock(tx, id);
    if (!proposal) return refused('PROPOSAL_NOT_FOUND');
    const { permission } = this.eyes.operation(proposal.operation);
    const forbidden = await this.turn.execute(tx, adminId, permission);
    if (forbidden) return forbidden;
    this.audit.addDetails({ operation: proposal.operation });
    if (proposal.state === 'EXPIRED') return refused('PROPOSAL_EXPIRED');
    if (proposal.state !== 'WAITING') return refused('PROPOSAL_DECIDED');
    const proposer = await this.admins.present(tx, proposal.proposedBy);
    return { proposal, mayStill: proposer !== null && roleMay(proposer.role, permission) };
  }

  /** @returns what was in the way, as a sentence, where it was not done */
  private async run({ operation, proposedBy, basis, input }: Proposal): Promise<string | undefined> {
    try {
      const given = JSON.parse(input) as Record<string, Json>;
      const outcome = await this.eyes
        .operation(operation)
        .run({ adminId: proposedBy, approved: basis }, given);
      return outcome instanceof Refused ? outcome.message : undefined;
    } catch (error) {
      // What was right when it was proposed is not any more: a time that has passed.
      if (error instanceof BadInputError) return error.message;
      throw error;
    }
  }

  private decide(id: string, decision: Pick<Proposal, 'state' | 'decidedBy' | 'note'>): Promise<Proposal> {
    return this.database.transaction({ role: 'admin' }, (part) => this.proposals.decide(part, id, decision));
  }

  /** That it was done, by whom, and who approved it, stands under its own name too. */
  private async record(tx: Transaction, proposal: Proposal): Promise<void> {
    const { id, operation, proposedBy, decidedBy, subjects, reason } = proposal;
    const act = plainAct({
      ledger: OPERATOR_LEDGER,
      actorKind: 'ADMIN',
      actorId: proposedBy,
      name: operation,
      subjects: [...subjects, publicId('prp', id)],
    });
    const details = { pairsOfEyes: 2, approvedBy: publicId('adm', decidedBy ?? proposedBy) };
    await this.acts.within(tx, { ...act, reason, details });
  }
}

function refused<Reason extends keyof typeof ADMIN_REASONS>(reason: Reason): Refused<Reason> {
  return new Refused(reason, ADMIN_REASONS[reason].message);
}
