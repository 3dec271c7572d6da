import { Injectable } from '@nestjs/common';
import { type PersonKey, type Transaction, unseen } from '@assent/platform';

/** A session that is valid. */
export interface Session extends PersonKey {
  tokenHash: Buffer;
}

/** Sessions of people's apps, found by the hash of their token. */
@Injectable()
export class SessionStore {
  async open(tx: Transaction, session: Session, at: Date, expiresAt: Date): Promise<void> {
    await tx.run({
      text: `INSERT INTO person_session (token_hash, lane, person_id, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5)`,
      values: [session.tokenHash, session.lane, session.personId, at, expiresAt],
    });
  }

  /** Those of these tokens' sessions that have not expired, in no order. The last of a transaction. */
  async valid(tx: Transaction, tokenHashes: readonly Buffer[]): Promise<Session[]> {
    const rows = await tx.finish<{ token_hash: Buffer; lane: number; person_id: string }>({
      name: 'person-sessions',
      text: `SELECT token_hash, lane, person_id FROM person_session
        WHERE token_hash = ANY (${unseen(1, 'bytea')}::bytea[]) AND expires_at > (SELECT assent_now())`,
      values: [tokenHashes],
    });
    return rows.map((row) => ({ tokenHash: row.token_hash, lane: row.lane, personId: row.person_id }));
  }

  /** When each of a person's sessions began and ends, oldest first. */
  async times(
    tx: Transaction,
    { lane, personId }: PersonKey,
  ): Promise<{ created_at: Date; expires_at: Date }[]> {
    return tx.rows({
      text: `SELECT created_at, expires_at FROM person_session
        WHERE lane = $1 AND person_id = $2 AND expires_at > (SELECT assent_now()) ORDER BY created_at`,
      values: [lane, personId],
    });
  }

  async close(tx: Transaction, tokenHash: Buffer): Promise<void> {
    await tx.run({ text: 'DELETE FROM person_session WHERE token_hash = $1', values: [tokenHash] });
  }

  /** Removes up to `limit` sessions that have expired. */
  async forget(tx: Transaction, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM person_session WHERE token_hash IN (
          SELECT token_hash FROM person_session WHERE expires_at < (SELECT assent_now()) ORDER BY expires_at LIMIT $1
        )`,
      values: [limit],
    });
  }
}
