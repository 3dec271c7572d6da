import { Injectable } from '@nestjs/common';
import type { LimitKind } from '@assent/accounts';
import type { Transaction } from '@assent/platform';
import type { StoredOverride } from '../domain/override-rules.js';

const COLUMNS = `id, business_id AS "businessId", kind, value, reason, set_by AS "setBy", set_at AS "setAt",
  ends_at AS "endsAt", ended_at AS "endedAt", ended_by AS "endedBy", end_reason AS "endReason"`;

/** What to write where another override takes the place of one. */
const REPLACED = 'Another one was set in its place.';

/** Limits that admins set for single businesses: rows are added and ended, never changed. */
@Injectable()
export class LimitOverrideStore {
  /** Adds one, in the place of the one of its kind, under the lock of the business. */
  async set(tx: Transaction, override: StoredOverride): Promise<void> {
    const { id, businessId, kind, value, reason, setBy, setAt, endsAt } = override;
    await tx.run({
      text: `UPDATE limit_override SET ended_at = $3, ended_by = $4, end_reason = '${REPLACED}'
        WHERE business_id = $1 AND kind = $2 AND ended_at IS NULL`,
      values: [businessId, kind, setAt, setBy],
    });
    await tx.run({
      text: `INSERT INTO limit_override (id, business_id, kind, value, reason, set_by, set_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [id, businessId, kind, value, reason, setBy, setAt, endsAt],
    });
  }

  /** Ends one that is running, under the lock of the business. */
  async end(tx: Transaction, id: string, by: string, reason: string, at: Date): Promise<void> {
    await tx.run({
      text: `UPDATE limit_override SET ended_at = $4, ended_by = $2, end_reason = $3
        WHERE id = $1 AND ended_at IS NULL AND ends_at > $4`,
      values: [id, by, reason, at],
    });
  }

  /** The one of its kind that counts at a time, under the lock of the business. */
  async running(
    tx: Transaction,
    businessId: string,
    kind: LimitKind,
    at: Date,
  ): Promise<StoredOverride | undefined> {
    const [row] = await tx.rows<StoredOverride>({
      text: `SELECT ${COLUMNS} FROM limit_override
        WHERE business_id = $1 AND kind = $2 AND ended_at IS NULL AND ends_at > $3`,
      values: [businessId, kind, at],
    });
    return row;
  }

  async byId(tx: Transaction, id: string): Promise<StoredOverride | undefined> {
    const [row] = await tx.rows<StoredOverride>({
      text: `SELECT ${COLUMNS} FROM limit_override WHERE id = $1`,
      values: [id],
    });
    return row;
  }

  /** Those of a business, newest first; one more than asked for, if there is one. */
  page(
    tx: Transaction,
    businessId: string,
    kind: LimitKind | null,
    first: number,
    after: string | undefined,
  ): Promise<StoredOverride[]> {
    return tx.rows<StoredOverride>({
      text: `SELECT ${COLUMNS} FROM limit_override
        WHERE business_id = $1 AND ($2::limit_kind IS NULL OR kind = $2) AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      values: [businessId, kind, after, first + 1],
    });
  }
}
