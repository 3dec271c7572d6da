import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Media, MediaState } from '../domain/media.js';

interface MediaRow {
  id: string;
  business_id: string;
  type: string;
  bytes: number;
  sha256: Buffer;
  state: MediaState;
  expires_at: Date;
}

/** A message that a medium goes with. */
export interface MediaUse {
  mediaId: string;
  businessId: string;
  lane: number;
  personId: string;
  /** It is needed until then at least. */
  until: Date;
}

const COLUMNS = 'id, business_id, type, bytes, sha256, state, expires_at';

/** Media, whom they were sent to, and what is to be removed from the store. */
@Injectable()
export class MediaStore {
  /** Has uploads of one business take turns until the end of the transaction. */
  async lockRoom(tx: Transaction, businessId: string): Promise<void> {
    await tx.rows({
      text: `SELECT pg_advisory_xact_lock(hashtextextended('media:' || $1, 0))`,
      values: [businessId],
    });
  }

  /** What the media of a business take up, and when the first of them is removed; in a statement behind the lock. */
  async room(
    tx: Transaction,
    businessId: string,
  ): Promise<{ files: number; bytes: number; firstEnd: Date | null }> {
    const [row] = await tx.rows<{ files: number; bytes: number; first_end: Date | null }>({
      text: `SELECT count(*)::integer AS files, coalesce(sum(bytes), 0)::float8 AS bytes, min(expires_at) AS first_end
        FROM media WHERE business_id = $1`,
      values: [businessId],
    });
    return { files: row?.files ?? 0, bytes: row?.bytes ?? 0, firstEnd: row?.first_end ?? null };
  }

  async add(
    tx: Transaction,
    { id, businessId, type, bytes, sha256, expiresAt }: Media,
    at: Date,
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO media (id, business_id, type, bytes, sha256, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [id, businessId, type, bytes, Buffer.from(sha256, 'hex'), at, expiresAt],
    });
  }

  /** A medium that has not expired. */
  async byId(tx: Transaction, id: string): Promise<Media | undefined> {
    const [row] = await tx.rows<MediaRow>({
      text: `SELECT ${COLUMNS} FROM media WHERE id = $1 AND expires_at > (SELECT assent_now())`,
      values: [id],
    });
    return row && toMedia(row);
  }

  /** Those of these media of a business that can be sent. In the role `engine`, without a lock: `use` notices what is gone. */
  async sendable(
    tx: Transaction,
    asked: readonly { businessId: string; mediaId: string }[],
  ): Promise<Map<string, Media>> {
    const rows = await tx.rows<MediaRow>({
      name: 'media-sendable',
      text: `SELECT ${COLUMNS} FROM media WHERE (business_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
        AND state = 'STORED' AND expires_at > (SELECT assent_now())`,
      values: [asked.map(({ businessId }) => businessId), asked.map(({ mediaId }) => mediaId)],
    });
    return new Map(rows.map((row) => [row.id, toMedia(row)]));
  }

  /** @returns whether it is still there */
  async stored(tx: Transaction, id: string, at: Date, expiresAt: Date): Promise<boolean> {
    const text = `UPDATE media SET state = 'STORED', stored_at = $2, expires_at = $3 WHERE id = $1`;
    return (await tx.run({ text, values: [id, at, expiresAt] })) === 1;
  }

  /** Keeps media for as long as the messages that they go with ask for. @returns false where one of them is gone */
  async use(tx: Transaction, uses: readonly MediaUse[]): Promise<boolean> {
    const ids = [...new Set(uses.map(({ mediaId }) => mediaId))];
    const columns = [uses.map(({ mediaId }) => mediaId), uses.map(({ until }) => until)];
    const kept = await tx.run({
      text: `UPDATE media m SET expires_at = greatest(m.expires_at, asked.until)
        FROM (SELECT id, max(until) AS until FROM unnest($1::uuid[], $2::timestamptz[]) AS t (id, until) GROUP BY id) asked
        WHERE m.id = asked.id`,
      values: columns,
    });
    if (kept < ids.length) return false;
    await tx.run({
      text: `INSERT INTO media_use (lane, person_id, media_id, business_id)
        SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[]) ON CONFLICT DO NOTHING`,
      values: [
        uses.map(({ lane }) => lane),
        uses.map(({ personId }) => personId),
        columns[0],
        uses.map(({ businessId }) => businessId),
      ],
    });
    return true;
  }

  /** Lets go of media that have expired; their bytes are to be removed. @returns how many */
  async expire(tx: Transaction, limit: number): Promise<number> {
    return tx.run({
      text: `WITH gone AS (
          DELETE FROM media WHERE id IN (
            SELECT id FROM media WHERE expires_at <= (SELECT assent_now()) ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
          ) RETURNING id
        )
        INSERT INTO media_removal (media_id, due_at) SELECT id, assent_now() FROM gone`,
      values: [limit],
    });
  }

  /** Takes some whose bytes are to be removed: nobody else tries for a minute. */
  async toRemove(tx: Transaction, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ media_id: string }>({
      text: `UPDATE media_removal SET due_at = assent_now() + interval '1 minute' WHERE media_id IN (
          SELECT media_id FROM media_removal WHERE due_at <= (SELECT assent_now()) ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
        ) RETURNING media_id`,
      values: [limit],
    });
    return rows.map(({ media_id }) => media_id);
  }

  async removed(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.run({ text: 'DELETE FROM media_removal WHERE media_id = ANY($1::uuid[])', values: [ids] });
  }
}

export function toMedia(row: MediaRow): Media {
  return {
    id: row.id,
    businessId: row.business_id,
    type: row.type,
    bytes: row.bytes,
    sha256: row.sha256.toString('hex'),
    state: row.state,
    expiresAt: row.expires_at,
  };
}
