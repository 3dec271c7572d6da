import { Injectable } from '@nestjs/common';
import { KeyRing, type Transaction } from '@assent/platform';

/** Tokens of the operator that were taken, so that none is taken twice; in the role `gate`. */
@Injectable()
export class OperatorTokenStore {
  constructor(private readonly keys: KeyRing) {}

  /**
   * Takes a token. Of two requests with one token the second waits in the primary key for what becomes of the first.
   * @param keepSeconds after which it is too old to be taken in any case
   * @returns false where it was taken before
   */
  async take(
    tx: Transaction,
    { issuer, jti }: { issuer: string; jti: string },
    keepSeconds: number,
  ): Promise<boolean> {
    const taken = await tx.run({
      text: `INSERT INTO person_token_use (token_hash, until)
        VALUES ($1, assent_now() + $2 * interval '1 second') ON CONFLICT (token_hash) DO NOTHING`,
      // A separator that neither of them can be mistaken over, and version 1, so that keys may be rotated meanwhile.
      values: [this.keys.mac('operator-token', JSON.stringify([issuer, jti]), 1), keepSeconds],
    });
    return taken > 0;
  }

  /** Removes up to `limit` that are too old to be taken in any case. */
  forget(tx: Transaction, limit: number): Promise<number> {
    return tx.run({
      text: `DELETE FROM person_token_use WHERE token_hash IN (
          SELECT token_hash FROM person_token_use WHERE until < (SELECT assent_now())
          ORDER BY until LIMIT $1)`,
      values: [limit],
    });
  }
}
