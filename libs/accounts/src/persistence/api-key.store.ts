import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import { LessThan } from 'typeorm';
import type { Account } from '../domain/viewers.js';
import { ApiKeyRow } from './api-key.row.js';

/** A key that is valid now. */
export interface ValidKey {
  keyHash: Buffer;
  id: string;
  /** The business, or its sandbox for a key of test mode. */
  businessId: string;
  accountId: Account['id'];
  sandboxId: Account['sandboxId'];
  scopes: string[];
  /** Its last use was noted a minute ago or longer, or never. */
  noteUse: boolean;
}

/** API keys. */
@Injectable()
export class ApiKeyStore {
  /** Keys of a business that work now, and when the first of them ends by itself. */
  async live(tx: Transaction, businessId: string): Promise<{ count: number; firstEnd: Date | null }> {
    const [row] = await tx.rows<{ count: number; firstEnd: Date | null }>({
      text: `SELECT count(*)::int AS count, min(expires_at) AS "firstEnd" FROM api_key
        WHERE business_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > (SELECT assent_now()))`,
      values: [businessId],
    });
    return row ?? { count: 0, firstEnd: null };
  }

  async add(tx: Transaction, key: ApiKeyRow): Promise<void> {
    await tx.manager.insert(ApiKeyRow, key);
  }

  byId(tx: Transaction, businessId: string, id: string): Promise<ApiKeyRow | null> {
    return tx.manager.findOneBy(ApiKeyRow, { id, businessId });
  }

  /** The key as it is once revoked, or undefined where the business has no such key. Revoking again changes nothing. */
  async revoke(tx: Transaction, businessId: string, id: string): Promise<ApiKeyRow | undefined> {
    await tx.run({
      text: `UPDATE api_key SET revoked_at = assent_now() WHERE business_id = $1 AND id = $2 AND revoked_at IS NULL`,
      values: [businessId, id],
    });
    return (await this.byId(tx, businessId, id)) ?? undefined;
  }

  /** Keys of a business, newest first; one more than asked for, if there is one. */
  page(tx: Transaction, businessId: string, first: number, after: string | undefined): Promise<ApiKeyRow[]> {
    return tx.manager.find(ApiKeyRow, {
      where: { businessId, ...(after ? { id: LessThan(after) } : {}) },
      order: { id: 'DESC' },
      take: first + 1,
    });
  }

  /** Those of these keys that are neither revoked nor at their end, by the database's clock. The last of a transaction. */
  valid(tx: Transaction, hashes: Buffer[]): Promise<ValidKey[]> {
    return tx.finish<ValidKey>({
      name: 'accounts.valid-keys',
      text: `SELECT k.key_hash AS "keyHash", k.id, k.business_id AS "accountId", s.id AS "sandboxId",
          CASE k.mode WHEN 'LIVE' THEN k.business_id ELSE s.id END AS "businessId", k.scopes,
          (last_used_at IS NULL OR last_used_at < (SELECT assent_now()) - interval '1 minute') AS "noteUse"
        FROM api_key k LEFT JOIN business s ON s.sandbox_of = k.business_id AND s.retired_at IS NULL
        WHERE key_hash = ANY ($1::bytea[]) AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > (SELECT assent_now()))`,
      values: [hashes],
    });
  }

  /** Notes that keys were used. A row that somebody else has locked is being noted already, or is being revoked. */
  async noteUse(tx: Transaction, ids: string[]): Promise<void> {
    await tx.run({
      text: `UPDATE api_key SET last_used_at = assent_now() WHERE id IN (
          SELECT id FROM api_key
          WHERE id = ANY ($1::uuid[])
            AND (last_used_at IS NULL OR last_used_at < (SELECT assent_now()) - interval '1 minute')
          FOR NO KEY UPDATE SKIP LOCKED)`,
      values: [ids],
    });
  }
}
