import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { IsNull, MoreThan } from 'typeorm';
import type { AdminRole } from '../domain/permissions.js';
import { AdminRow } from './admin.row.js';
import { AdminTokenRow } from './admin-token.row.js';

/** So long a role still counts where it is asked who else could approve: nobody gets rid of the others to be alone. */
const ROLE_LINGERS = `interval '72 hours'`;
/** Adds the role that an admin has to those that they had. @param at the time, as the statement names it */
const toFormer = (at: string) => `role_changed_at = ${at}, former_roles = CASE
  WHEN role_changed_at IS NULL OR role_changed_at <= ${at}::timestamptz - ${ROLE_LINGERS} THEN ARRAY[role]
  WHEN role = ANY (former_roles) THEN former_roles
  ELSE former_roles || role END`;

/** Whose token it is, and what was proved with it. */
export interface KnownToken {
  adminId: string;
  role: AdminRole;
  full: boolean;
  fresh: boolean;
}

/** The operator's staff and what they sign in with. */
@Injectable()
export class AdminStore {
  /** Everybody who changes who the admins are, or relies on what they may, takes turns from here to the end of the transaction. */
  async lockAll(tx: Transaction): Promise<void> {
    await tx.run({ text: `SELECT pg_advisory_xact_lock(hashtext('assent_admins'))` });
  }

  /** The owner who is there longest, under the lock of all. One there is, since the last one stays. */
  async firstOwner(tx: Transaction): Promise<AdminRow | null> {
    return tx.manager.findOne(AdminRow, {
      where: { role: 'OWNER', removedAt: IsNull() },
      order: { id: 'ASC' },
    });
  }

  /** How many owners there are, under the lock of all. */
  countOwners(tx: Transaction): Promise<number> {
    return tx.manager.countBy(AdminRow, { role: 'OWNER', removedAt: IsNull() });
  }

  async add(tx: Transaction, admin: AdminRow): Promise<void> {
    await tx.manager.insert(AdminRow, admin);
  }

  /** A token with which a session begins; the first one is when the admin came. */
  async addToken(tx: Transaction, token: AdminTokenRow): Promise<void> {
    await Promise.all([
      tx.manager.insert(AdminTokenRow, token),
      tx.run({
        text: 'UPDATE admin SET signed_in_at = $2 WHERE id = $1 AND signed_in_at IS NULL',
        values: [token.adminId, token.createdAt],
      }),
    ]);
  }

  byId(tx: Transaction, id: string): Promise<AdminRow> {
    return tx.manager.findOneByOrFail(AdminRow, { id });
  }

  /** One who was not removed. */
  present(tx: Transaction, id: string): Promise<AdminRow | null> {
    return tx.manager.findOneBy(AdminRow, { id, removedAt: IsNull() });
  }

  /** One who was not removed. */
  byEmail(tx: Transaction, email: string): Promise<AdminRow | null> {
    return tx.manager.findOneBy(AdminRow, { email, removedAt: IsNull() });
  }

  /** Admins behind one of them, oldest first, also those who were removed; one more than `first` where there are more. */
  page(tx: Transaction, first: number, after: string | undefined): Promise<AdminRow[]> {
    return tx.manager.find(AdminRow, {
      where: after === undefined ? {} : { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: first + 1,
    });
  }

  /** Whether somebody else has one of these roles, or had it in the last three days, and has ever signed in. */
  async hasAnother(tx: Transaction, id: string, roles: readonly AdminRole[]): Promise<boolean> {
    const [row] = await tx.rows<{ found: boolean }>({
      text: `SELECT EXISTS (SELECT FROM admin WHERE id <> $1 AND signed_in_at IS NOT NULL AND (
          (removed_at IS NULL AND role = ANY ($2::admin_role[]))
          OR (role_changed_at > (SELECT assent_now()) - ${ROLE_LINGERS} AND former_roles && $2::admin_role[]))) AS found`,
      values: [id, roles],
    });
    return row?.found === true;
  }

  async setRole(tx: Transaction, id: string, role: AdminRole, at: Date): Promise<void> {
    await tx.run({
      text: `UPDATE admin SET role = $2, ${toFormer('$3')} WHERE id = $1 AND role <> $2`,
      values: [id, role, at],
    });
  }

  /** From the commit on none of their tokens is worth anything. */
  async remove(tx: Transaction, id: string, at: Date): Promise<void> {
    await Promise.all([
      tx.run({
        text: `UPDATE admin SET removed_at = $2, ${toFormer('$2')} WHERE id = $1 AND removed_at IS NULL`,
        values: [id, at],
      }),
      tx.run({
        text: 'UPDATE admin_token SET revoked_at = $2 WHERE admin_id = $1 AND revoked_at IS NULL',
        values: [id, at],
      }),
    ]);
  }

  /** From the commit on this session's token is worth nothing. */
  async endSession(tx: Transaction, tokenHash: Buffer): Promise<void> {
    await tx.run({
      text: 'UPDATE admin_token SET revoked_at = assent_now() WHERE token_hash = $1 AND revoked_at IS NULL',
      values: [tokenHash],
    });
  }

  /** Ends all sessions of an admin but one. @returns how many were open */
  async endOtherSessions(tx: Transaction, adminId: string, but: Buffer): Promise<number> {
    const ended = await tx.rows<{ open: boolean }>({
      text: `UPDATE admin_token SET revoked_at = assent_now()
        WHERE admin_id = $1 AND token_hash <> $2 AND revoked_at IS NULL
        RETURNING expires_at IS NULL OR expires_at > (SELECT assent_now()) AS open`,
      values: [adminId, but],
    });
    return ended.filter(({ open }) => open).length;
  }

  /**
   * Whose token this is, if it is neither revoked nor at its end, by the database's clock, and they were not removed; and whether a
   * second factor was given with it in the last `fullMs` and `freshMs`.
   */
  async ofToken(
    tx: Transaction,
    tokenHash: Buffer,
    { fullMs, freshMs }: { fullMs: number; freshMs: number },
  ): Promise<KnownToken | undefined> {
    const since = (milliseconds: string) =>
      `coalesce(second_factor_at > (SELECT assent_now()) - ${milliseconds} * interval '1 millisecond', false)`;
    const [row] = await tx.rows<KnownToken & Record<string, unknown>>({
      text: `SELECT admin_id AS "adminId", admin.role, ${since('$2')} AS "full", ${since('$3')} AS fresh
        FROM admin_token JOIN admin ON admin.id = admin_id
        WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > (SELECT assent_now()))
          AND admin.removed_at IS NULL`,
      values: [tokenHash, fullMs, freshMs],
    });
    return row;
  }
}
