import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { MessagePurpose } from '../domain/message.js';

/** A conversation that could not be dispatched time and again. Nothing says whose it is. */
export interface ParkedConversation {
  id: string;
  businessId: string;
  businessName: string;
  purpose: MessagePurpose;
  code: string;
  attempts: number;
  parkedAt: Date;
}

interface ParkedRow {
  parked_id: string;
  business_id: string;
  display_name: string;
  priority: MessagePurpose;
  parked_code: string;
  attempts: number;
  parked_at: Date;
}

/** Parked conversations, in the role `admin`. */
@Injectable()
export class ParkedStore {
  /** The longest parked first, behind one of them. */
  async page(tx: Transaction, after: string | undefined, limit: number): Promise<ParkedConversation[]> {
    const rows = await tx.rows<ParkedRow>({
      text: `SELECT q.parked_id, q.business_id, b.display_name, q.priority, q.parked_code, q.attempts, q.parked_at
        FROM conversation_queue q JOIN business b ON b.id = q.business_id
        WHERE q.parked_id IS NOT NULL AND ($1::uuid IS NULL OR q.parked_id > $1)
        ORDER BY q.parked_id LIMIT $2`,
      values: [after ?? null, limit],
    });
    return rows.map((row) => ({
      id: row.parked_id,
      businessId: row.business_id,
      businessName: row.display_name,
      purpose: row.priority,
      code: row.parked_code,
      attempts: row.attempts,
      parkedAt: row.parked_at,
    }));
  }

  /**
   * Lets parked conversations go on at once, and notes who did. Locks their rows by id, and holds nothing else.
   * @returns which
   */
  async retry(tx: Transaction, ids: readonly string[], adminId: string): Promise<string[]> {
    const rows = await tx.rows<{ parked_id: string }>({
      text: `WITH parked AS (
          SELECT parked_id, business_id, parked_code, parked_at FROM conversation_queue
          WHERE parked_id = ANY ($1::uuid[]) ORDER BY parked_id FOR UPDATE
        ), going_on AS (
          UPDATE conversation_queue q
          SET parked_at = NULL, parked_id = NULL, parked_code = NULL, attempts = 0, due_at = (SELECT assent_now())
          FROM parked WHERE q.parked_id = parked.parked_id
        )
        INSERT INTO parked_retry (parked_id, business_id, code, parked_at, retried_by, retried_at)
        SELECT parked_id, business_id, parked_code, parked_at, $2, (SELECT assent_now()) FROM parked
        RETURNING parked_id`,
      values: [ids, adminId],
    });
    return rows.map(({ parked_id }) => parked_id);
  }

  /** Which of these have gone on before. */
  async retried(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.rows<{ parked_id: string }>({
      text: 'SELECT parked_id FROM parked_retry WHERE parked_id = ANY ($1::uuid[])',
      values: [ids],
    });
    return rows.map(({ parked_id }) => parked_id);
  }
}
