import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Proposal, ProposalState } from '../domain/proposal.js';

/** Nobody has to look for what nobody decided in time: it shows by its end. */
const STATE = `CASE WHEN state = 'WAITING' AND expires_at <= (SELECT assent_now()) THEN 'EXPIRED' ELSE state::text END`;
const COLUMNS = `id, operation, input, basis, subjects, reason, proposed_by AS "proposedBy", proposed_at AS "proposedAt",
  expires_at AS "expiresAt", ${STATE} AS state, decided_by AS "decidedBy", decided_at AS "decidedAt", note`;

type ProposalRow = Proposal & Record<string, unknown>;

/** Proposals of admins; in the role `admin`. */
@Injectable()
export class ProposalStore {
  async add(tx: Transaction, proposal: Proposal): Promise<void> {
    const { id, operation, input, basis, subjects, reason, proposedBy, proposedAt, expiresAt } = proposal;
    await tx.run({
      text: `INSERT INTO proposal (id, operation, input, basis, subjects, reason, proposed_by, proposed_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [id, operation, input, basis, subjects, reason, proposedBy, proposedAt, expiresAt],
    });
  }

  /** One that asks for the same and waits, in the same circumstances; under the lock of what it is about. */
  async same(
    tx: Transaction,
    { operation, input, basis }: Pick<Proposal, 'operation' | 'input' | 'basis'>,
  ): Promise<Proposal | undefined> {
    const [row] = await tx.rows<ProposalRow>({
      text: `SELECT ${COLUMNS} FROM proposal WHERE operation = $1 AND state = 'WAITING'
          AND expires_at > (SELECT assent_now()) AND input = $2 AND basis = $3
        ORDER BY id DESC LIMIT 1`,
      values: [operation, input, basis],
    });
    return row;
  }

  /**
   * Lets proposals of one admin take turns to the end of the transaction, and counts those that wait. The last lock before that of
   * the audit log. @returns how many, and when the first of them expires
   */
  async waitingOf(tx: Transaction, adminId: string): Promise<{ count: number; expiresAt: Date | null }> {
    const [, [row]] = await Promise.all([
      tx.run({
        text: `SELECT pg_advisory_xact_lock(hashtext('assent_proposals'), hashtext($1))`,
        values: [adminId],
      }),
      tx.rows<{ count: number; expiresAt: Date | null }>({
        text: `SELECT count(*)::integer AS count, min(expires_at) AS "expiresAt" FROM proposal
          WHERE proposed_by = $1 AND state = 'WAITING' AND expires_at > (SELECT assent_now())`,
        values: [adminId],
      }),
    ]);
    if (!row) throw new Error('Nothing was counted');
    return row;
  }

  /** Locks one, so that it is decided once. Its state is read behind the lock. */
  async lock(tx: Transaction, id: string): Promise<Proposal | undefined> {
    const [, [row]] = await Promise.all([
      tx.run({ text: 'SELECT FROM proposal WHERE id = $1 FOR NO KEY UPDATE', values: [id] }),
      tx.rows<ProposalRow>({ text: `SELECT ${COLUMNS} FROM proposal WHERE id = $1`, values: [id] }),
    ]);
    return row;
  }

  /** Keeps what became of one, under its lock. */
  async decide(
    tx: Transaction,
    id: string,
    { state, decidedBy, note }: Pick<Proposal, 'state' | 'decidedBy' | 'note'>,
  ): Promise<Proposal> {
    const [row] = await tx.rows<ProposalRow>({
      text: `UPDATE proposal SET state = $2, decided_by = $3, decided_at = assent_now(), note = $4
        WHERE id = $1 AND state = 'WAITING' RETURNING ${COLUMNS}`,
      values: [id, state, decidedBy, note],
    });
    if (!row) throw new Error('A proposal that was locked is not there');
    return row;
  }

  /** Proposals, newest first, behind one of them; one more than `first` where there are more. */
  page(
    tx: Transaction,
    state: ProposalState | null,
    first: number,
    after: string | undefined,
  ): Promise<Proposal[]> {
    return tx.rows<ProposalRow>({
      text: `SELECT ${COLUMNS} FROM proposal
        WHERE ($1::text IS NULL OR ${STATE} = $1) AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      values: [state, after ?? null, first + 1],
    });
  }
}
