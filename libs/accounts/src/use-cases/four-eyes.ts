import { Injectable } from '@nestjs/common';
import { AuditOperations, canonicalJson, type Json } from '@assent/ledger';
import { Configuration, type Transaction, uuid7 } from '@assent/platform';
import { ADMIN_REASONS } from '../domain/admin-reasons.js';
import { type AdminPermission, rolesThatMay } from '../domain/permissions.js';
import {
  type ActingAdmin,
  MOST_WAITING,
  NeedsApproval,
  type Proposal,
  PROPOSAL_MS,
} from '../domain/proposal.js';
import { Refused } from '../domain/refused.js';
import { AdminStore } from '../persistence/admin.store.js';
import { ProposalStore } from '../persistence/proposal.store.js';

/** A mutation that two admins decide where there are two. */
export interface FourEyedOperation {
  name: string;
  /** What the one who proposes it needs, and the one who approves it. */
  permission: AdminPermission;
  /** Does it in the name of who proposed it, by the input that it was proposed with. @returns `Refused` where it was not done */
  run(admin: ActingAdmin, input: Readonly<Record<string, Json>>): Promise<object>;
}

/** One request for such a mutation. */
export interface DangerousAct {
  operation: string;
  /** Whether two have to decide: many operations are dangerous only in one direction. */
  isDangerous: boolean;
  /** The input as `run` takes it. */
  input: Readonly<Record<string, Json>>;
  /** What is decided on, under its lock. */
  basis: Readonly<Record<string, Json>>;
  /** Public ids of what it is about. */
  subjects: string[];
  reason: string | null;
}

export type FourEyesRefusal = NeedsApproval | Refused<'PROPOSAL_OUTDATED' | 'TOO_MANY_PROPOSALS'>;

/** Holds back what is dangerous until a second admin has approved it. */
@Injectable()
export class FourEyes {
  private readonly operations = new Map<string, FourEyedOperation>();

  constructor(
    private readonly admins: AdminStore,
    private readonly proposals: ProposalStore,
    private readonly audit: AuditOperations,
    private readonly configuration: Configuration,
  ) {}

  register(...operations: FourEyedOperation[]): void {
    for (const operation of operations) this.operations.set(operation.name, operation);
  }

  operation(name: string): FourEyedOperation {
    const operation = this.operations.get(name);
    if (!operation) throw new Error(`${name} is no operation that admins approve`);
    return operation;
  }

  /**
   * Whether an operation may go on, which asks as the last thing before it changes anything, in a transaction of the role `admin`
   * and under the lock of what it is about. Undefined: it may, since it is not dangerous, was approved in the same circumstances,
   * or there is nobody else who could approve it, which the audit log then says. Otherwise it is proposed, unless 100 of the same
   * admin wait; what waits already is not proposed again.
   */
  async ask(
    tx: Transaction,
    { adminId, approved }: ActingAdmin,
    { isDangerous, input, basis, ...act }: DangerousAct,
  ): Promise<FourEyesRefusal | undefined> {
    const wanted = { ...act, input: canonicalJson(input), basis: canonicalJson(basis) };
    if (approved !== undefined) {
      return approved === wanted.basis
        ? undefined
        : new Refused('PROPOSAL_OUTDATED', ADMIN_REASONS.PROPOSAL_OUTDATED.message);
    }
    if (!isDangerous) return undefined;
    if (!(await this.isAnotherAsked(tx, adminId, act.operation))) {
      this.audit.addDetails({ pairsOfEyes: 1 });
      return undefined;
    }
    const { message } = ADMIN_REASONS.APPROVAL_NEEDED;
    const earlier = await this.proposals.same(tx, wanted);
    if (earlier) return new NeedsApproval(message, earlier);
    const { count, expiresAt } = await this.proposals.waitingOf(tx, adminId);
    if (count >= MOST_WAITING) {
      return new Refused('TOO_MANY_PROPOSALS', ADMIN_REASONS.TOO_MANY_PROPOSALS.message, expiresAt);
    }
    return new NeedsApproval(message, await this.propose(tx, adminId, wanted));
  }

  private async isAnotherAsked(tx: Transaction, adminId: string, operation: string): Promise<boolean> {
    if (this.configuration.settings.ADMIN_FOUR_EYES === 'off') return false;
    return this.admins.hasAnother(tx, adminId, rolesThatMay(this.operation(operation).permission));
  }

  private async propose(
    tx: Transaction,
    proposedBy: string,
    wanted: Pick<Proposal, 'operation' | 'input' | 'basis' | 'subjects' | 'reason'>,
  ): Promise<Proposal> {
    const proposedAt = await tx.now();
    const proposal: Proposal = {
      ...wanted,
      id: uuid7(proposedAt.getTime()),
      proposedBy,
      proposedAt,
      expiresAt: new Date(proposedAt.getTime() + PROPOSAL_MS),
      state: 'WAITING',
      decidedBy: null,
      decidedAt: null,
      note: null,
    };
    await this.proposals.add(tx, proposal);
    return proposal;
  }
}
