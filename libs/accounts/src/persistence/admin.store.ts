import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { AdminRow } from './admin.row.js';
import { AdminTokenRow } from './admin-token.row.js';

/** The operator's staff and what they sign in with. */
@Injectable()
export class AdminStore {
  /** The admin who was there first, with everybody else who asks waiting until this transaction ends. */
  async lockFirst(tx: Transaction): Promise<AdminRow | undefined> {
    await tx.run({ text: `SELECT pg_advisory_xact_lock(hashtext('assent_first_admin'))` });
    const [first] = await tx.manager.find(AdminRow, { order: { id: 'ASC' }, take: 1 });
    return first;
  }

  async add(tx: Transaction, admin: AdminRow): Promise<void> {
    await tx.manager.insert(AdminRow, admin);
  }

  async addToken(tx: Transaction, token: AdminTokenRow): Promise<void> {
    await tx.manager.insert(AdminTokenRow, token);
  }

  byId(tx: Transaction, id: string): Promise<AdminRow> {
    return tx.manager.findOneByOrFail(AdminRow, { id });
  }

  /**
   * Whose token this is, if it is neither revoked nor at its end, by the database's clock; and whether a second factor was given
   * with it in the last `fullMs` and `freshMs`.
   */
  async ofToken(
    tx: Transaction,
    tokenHash: Buffer,
    { fullMs, freshMs }: { fullMs: number; freshMs: number },
  ): Promise<{ adminId: string; full: boolean; fresh: boolean } | undefined> {
    const since = (milliseconds: string) =>
      `coalesce(second_factor_at > (SELECT assent_now()) - ${milliseconds} * interval '1 millisecond', false)`;
    const [row] = await tx.rows<{ adminId: string; full: boolean; fresh: boolean }>({
      text: `SELECT admin_id AS "adminId", ${since('$2')} AS "full", ${since('$3')} AS fresh FROM admin_token
        WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > (SELECT assent_now()))`,
      values: [tokenHash, fullMs, freshMs],
    });
    return row;
  }
}
