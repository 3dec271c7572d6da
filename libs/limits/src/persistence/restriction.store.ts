import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import {
  type AppealDecision,
  type Evidence,
  type Restriction,
  type RestrictionCause,
  type RestrictionEnd,
  RestrictionRung,
} from '../domain/restriction.js';

const RUNGS = Object.values(RestrictionRung);

interface RestrictionRow {
  id: string;
  business_id: string;
  rung: number;
  began_at: Date;
  until: Date | null;
  cause: RestrictionCause;
  reason: string;
  evidence: Evidence[];
  ended_at: Date | null;
  ended_how: RestrictionEnd | null;
  end_reason: string | null;
  appeal_text: string | null;
  appealed_at: Date | null;
  appeal_decision: AppealDecision | null;
  decision_reason: string | null;
  decided_at: Date | null;
}

/** Who of the staff decided is not among them. */
const COLUMNS = `id, business_id, rung, began_at, until, cause, reason, evidence, ended_at, ended_how, end_reason,
  appeal_text, appealed_at, appeal_decision, decision_reason, decided_at`;

/** How an admin ends a restriction. */
export interface Ending {
  how: RestrictionEnd;
  by: string;
  reason: string;
  at: Date;
}

/** Restrictions of businesses, their appeals, and what became of both. */
@Injectable()
export class RestrictionStore {
  /** Adds one, under the lock of the business. `imposedBy`: an admin; null: the published rule. */
  async add(tx: Transaction, restriction: Restriction, imposedBy: string | null): Promise<void> {
    const { id, businessId, rung, beganAt, until, cause, reason, evidence } = restriction;
    await tx.run({
      text: `INSERT INTO restriction (id, business_id, rung, began_at, until, cause, reason, evidence, imposed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [
        id,
        businessId,
        RUNGS.indexOf(rung) + 1,
        beganAt,
        until,
        cause,
        reason,
        JSON.stringify(evidence),
        imposedBy,
      ],
    });
  }

  /** The newest one that nobody ended: the only one of a business that can be in force. */
  async open(tx: Transaction, businessId: string): Promise<Restriction | undefined> {
    return this.one(tx, 'business_id = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT 1', businessId);
  }

  /** The newest one that was not overturned: what the ladder goes on from. */
  async lastThatStands(tx: Transaction, businessId: string): Promise<Restriction | undefined> {
    return this.one(
      tx,
      `business_id = $1 AND appeal_decision IS DISTINCT FROM 'OVERTURNED' ORDER BY id DESC LIMIT 1`,
      businessId,
    );
  }

  async byId(tx: Transaction, id: string): Promise<Restriction | undefined> {
    return this.one(tx, 'id = $1', id);
  }

  /** Ends one, under the lock of the business. */
  async end(tx: Transaction, id: string, { how, by, reason, at }: Ending): Promise<void> {
    await tx.run({
      text: `UPDATE restriction SET ended_at = $2, ended_how = $3, ended_by = $4, end_reason = $5
        WHERE id = $1 AND ended_at IS NULL`,
      values: [id, at, how, by, reason],
    });
  }

  /** Keeps a business's appeal. @returns false where there was one before */
  async appeal(tx: Transaction, id: string, text: string, by: string, at: Date): Promise<boolean> {
    const kept = await tx.run({
      text: `UPDATE restriction SET appeal_text = $2, appealed_by = $3, appealed_at = $4
        WHERE id = $1 AND appealed_at IS NULL`,
      values: [id, text, by, at],
    });
    return kept === 1;
  }

  /** Keeps what an admin made of an appeal that nobody has decided, under the lock of the business. */
  async decide(
    tx: Transaction,
    id: string,
    { decision, reason, by, at }: { decision: AppealDecision; reason: string; by: string; at: Date },
  ): Promise<void> {
    await tx.run({
      text: `UPDATE restriction SET appeal_decision = $2, decision_reason = $3, decided_by = $4, decided_at = $5
        WHERE id = $1 AND appealed_at IS NOT NULL AND decided_at IS NULL`,
      values: [id, decision, reason, by, at],
    });
  }

  /** From when on reactions are new: what lies before the end of a restriction, or before a successful appeal, was judged. */
  async judgedUntil(tx: Transaction, businessId: string): Promise<Date | null> {
    const [row] = await tx.rows<{ at: Date | null }>({
      text: `SELECT max(CASE WHEN appeal_decision = 'OVERTURNED' THEN decided_at ELSE coalesce(ended_at, until) END) AS at
        FROM restriction WHERE business_id = $1`,
      values: [businessId],
    });
    return row?.at ?? null;
  }

  /** Those of a business, newest first; one more than asked for, if there is one. */
  async page(
    tx: Transaction,
    businessId: string,
    first: number,
    after: string | undefined,
  ): Promise<Restriction[]> {
    const rows = await tx.rows<RestrictionRow>({
      text: `SELECT ${COLUMNS} FROM restriction WHERE business_id = $1 AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3`,
      values: [businessId, after, first + 1],
    });
    return rows.map(toRestriction);
  }

  /** Appeals that nobody has decided, oldest first; one more than asked for, if there is one. */
  async appeals(tx: Transaction, first: number, after: string | undefined): Promise<Restriction[]> {
    const rows = await tx.rows<RestrictionRow>({
      text: `SELECT ${COLUMNS} FROM restriction WHERE appealed_at IS NOT NULL AND decided_at IS NULL
          AND ($1::uuid IS NULL OR (appealed_at, id) > (SELECT appealed_at, id FROM restriction WHERE id = $1))
        ORDER BY appealed_at, id LIMIT $2`,
      values: [after, first + 1],
    });
    return rows.map(toRestriction);
  }

  private async one(tx: Transaction, which: string, value: string): Promise<Restriction | undefined> {
    const [row] = await tx.rows<RestrictionRow>({
      text: `SELECT ${COLUMNS} FROM restriction WHERE ${which}`,
      values: [value],
    });
    return row && toRestriction(row);
  }
}

function toRestriction(row: RestrictionRow): Restriction {
  const { appeal_text: text, appealed_at: appealedAt } = row;
  return {
    id: row.id,
    businessId: row.business_id,
    rung: RUNGS[row.rung - 1] ?? 'CLOSURE',
    beganAt: row.began_at,
    until: row.until,
    cause: row.cause,
    reason: row.reason,
    evidence: row.evidence,
    endedAt: row.ended_at,
    endedHow: row.ended_how,
    endReason: row.end_reason,
    appeal:
      text === null || appealedAt === null
        ? null
        : {
            text,
            appealedAt,
            decision: row.appeal_decision,
            decisionReason: row.decision_reason,
            decidedAt: row.decided_at,
          },
  };
}
