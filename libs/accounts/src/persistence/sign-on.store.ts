import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { MemberRole } from '../domain/permissions.js';

/** Whose account of a provider it is. */
export interface Subject {
  businessId: string;
  issuer: string;
  subject: string;
}

/** Sign-ins at identity providers that are under way, and which account of a provider is whose; in the role `gate`. */
@Injectable()
export class SignOnStore {
  async begin(
    tx: Transaction,
    { hash, businessId, connectionId }: { hash: Buffer; businessId: string; connectionId: string },
    seconds: number,
  ): Promise<Date> {
    const [row] = await tx.rows<{ until: Date }>({
      text: `INSERT INTO sign_on_attempt (attempt_hash, business_id, connection_id, until)
        VALUES ($1, $2, $3, assent_now() + $4 * interval '1 second') RETURNING until`,
      values: [hash, businessId, connectionId, seconds],
    });
    if (!row) throw new Error('A sign-in was begun and is not there');
    return row.until;
  }

  /** Takes a sign-in that is under way: each is completed once, whether or not it succeeds. */
  async take(
    tx: Transaction,
    hash: Buffer,
  ): Promise<{ businessId: string; connectionId: string } | undefined> {
    const [row] = await tx.rows<{ business_id: string; connection_id: string; alive: boolean }>({
      text: `DELETE FROM sign_on_attempt WHERE attempt_hash = $1
        RETURNING business_id, connection_id, until > assent_now() AS alive`,
      values: [hash],
    });
    return row?.alive ? { businessId: row.business_id, connectionId: row.connection_id } : undefined;
  }

  /** The member that an account of a provider is bound to. Locks that: whoever unlinks waits, and ends the session that it opens. */
  async memberOf(
    tx: Transaction,
    { businessId, issuer, subject }: Subject,
  ): Promise<{ id: string; role: MemberRole } | undefined> {
    const [row] = await tx.rows<{ id: string; role: MemberRole }>({
      text: `SELECT m.id, m.role FROM sign_on_link l JOIN member m ON m.id = l.member_id AND m.business_id = l.business_id
        WHERE l.business_id = $1 AND l.issuer = $2 AND l.subject = $3 FOR KEY SHARE OF l`,
      values: [businessId, issuer, subject],
    });
    return row;
  }

  /** Binds a member to an account. @returns false where the member is bound to another one */
  async link(tx: Transaction, { businessId, issuer, subject }: Subject, memberId: string): Promise<boolean> {
    const linked = await tx.run({
      text: `INSERT INTO sign_on_link (business_id, issuer, subject, member_id, linked_at)
        VALUES ($1, $2, $3, $4, assent_now()) ON CONFLICT DO NOTHING`,
      values: [businessId, issuer, subject, memberId],
    });
    return linked > 0;
  }

  /** @returns false where that member of the business was bound to none */
  async unlink(tx: Transaction, businessId: string, memberId: string): Promise<boolean> {
    const unlinked = await tx.run({
      text: 'DELETE FROM sign_on_link WHERE business_id = $1 AND member_id = $2',
      values: [businessId, memberId],
    });
    return unlinked > 0;
  }

  /** Forgets who is who at the provider of a business: another provider's subjects are other people. */
  async unlinkAll(tx: Transaction, businessId: string): Promise<void> {
    await tx.run({ text: 'DELETE FROM sign_on_link WHERE business_id = $1', values: [businessId] });
  }

  /** Removes up to `limit` sign-ins that nobody completed in time. */
  forget(tx: Transaction, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM sign_on_attempt WHERE attempt_hash IN (
          SELECT attempt_hash FROM sign_on_attempt WHERE until < (SELECT assent_now()) ORDER BY until LIMIT $1)`,
      values: [limit],
    });
  }
}
