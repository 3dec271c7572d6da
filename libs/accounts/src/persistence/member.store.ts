import { Injectable } from '@nestjs/common';
import { type Transaction, unseen } from '@assent/platform';
import { In, MoreThan } from 'typeorm';
import type { Business } from '../domain/business.js';
import type { MemberRole } from '../domain/permissions.js';
import type { Account } from '../domain/viewers.js';
import { BusinessRow } from './business.row.js';
import { MemberRow } from './member.row.js';
import { MemberSessionRow } from './member-session.row.js';

/** A session that is valid now. */
export interface ValidSession {
  tokenHash: Buffer;
  memberId: string;
  businessId: string;
  sandboxId: Account['sandboxId'];
  role: MemberRole;
}

/** Businesses with their members, and the members' sessions, as far as registering and signing in need them. */
@Injectable()
export class MemberStore {
  byEmail(tx: Transaction, email: string): Promise<MemberRow | null> {
    return tx.manager.findOneBy(MemberRow, { email });
  }

  byId(tx: Transaction, businessId: string, id: string): Promise<MemberRow | null> {
    return tx.manager.findOneBy(MemberRow, { id, businessId });
  }

  /** Those of a business's members that have these ids. */
  byIds(tx: Transaction, businessId: string, ids: readonly string[]): Promise<MemberRow[]> {
    return tx.manager.findBy(MemberRow, { businessId, id: In([...ids]) });
  }

  /** A business's members behind one of them, oldest first; one more than `first` where there are more. */
  page(tx: Transaction, businessId: string, first: number, after: string | undefined): Promise<MemberRow[]> {
    return tx.manager.find(MemberRow, {
      where: { businessId, ...(after === undefined ? {} : { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take: first + 1,
    });
  }

  /** Addresses of a business's owners. */
  async ownerEmails(tx: Transaction, businessId: string): Promise<string[]> {
    const rows = await tx.rows<{ email: string }>({
      text: `SELECT email FROM member WHERE business_id = $1 AND role = 'OWNER' ORDER BY id`,
      values: [businessId],
    });
    return rows.map(({ email }) => email);
  }

  /** A new business with its first member. */
  async found(tx: Transaction, business: Business, owner: MemberRow): Promise<void> {
    await tx.manager.insert(BusinessRow, business);
    await tx.manager.insert(MemberRow, owner);
  }

  /** Opens a session, and forgets those of the member that have ended. */
  async openSession(tx: Transaction, session: MemberSessionRow): Promise<void> {
    await Promise.all([
      tx.run({
        text: 'DELETE FROM member_session WHERE member_id = $1 AND expires_at <= $2',
        values: [session.memberId, session.createdAt],
      }),
      tx.manager.insert(MemberSessionRow, session),
    ]);
  }

  /** When a session that is valid was opened. */
  async sessionOpenedAt(tx: Transaction, businessId: string, tokenHash: Buffer): Promise<Date | undefined> {
    const session = await tx.manager.findOneBy(MemberSessionRow, { tokenHash, businessId });
    return session?.createdAt;
  }

  /** A further member of a business. */
  async add(tx: Transaction, member: MemberRow): Promise<void> {
    await tx.manager.insert(MemberRow, member);
  }

  /** Ends a session; from the commit on its token is worth nothing. */
  async endSession(tx: Transaction, businessId: string, tokenHash: Buffer): Promise<void> {
    await tx.manager.delete(MemberSessionRow, { tokenHash, businessId });
  }

  /**
   * Those of these sessions that have not ended, by the database's clock. While single sign-on is required no other one of who is
   * no owner is valid.
   */
  validSessions(tx: Transaction, hashes: Buffer[]): Promise<ValidSession[]> {
    return tx.finish<ValidSession>({
      name: 'accounts.valid-sessions',
      text: `SELECT session.token_hash AS "tokenHash", session.member_id AS "memberId",
          session.business_id AS "businessId", sandbox.id AS "sandboxId", member.role
        FROM member_session session JOIN member ON member.id = session.member_id
        LEFT JOIN business sandbox ON sandbox.sandbox_of = session.business_id AND sandbox.retired_at IS NULL
        WHERE session.token_hash = ANY (${unseen(1, 'bytea')}::bytea[]) AND session.expires_at > (SELECT assent_now())
          AND (session.signed_on OR member.role = 'OWNER' OR NOT EXISTS (
            SELECT FROM single_sign_on s WHERE s.business_id = session.business_id AND s.required))`,
      values: [hashes],
    });
  }

  /** Removes up to `limit` sessions that have ended. */
  forgetSessions(tx: Transaction, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM member_session WHERE token_hash IN (
          SELECT token_hash FROM member_session WHERE expires_at < (SELECT assent_now())
          ORDER BY expires_at LIMIT $1)`,
      values: [limit],
    });
  }
}
