import { Injectable } from '@nestjs/common';
import { lockPerson } from '@assent/people';
import type { PersonKey, Transaction } from '@assent/platform';
import { isPerson, type Media, type MediaFacts, type MediaOwner, type MediaState } from '../domain/media.js';
import { LET_GO } from './let-go.js';

interface MediaRow {
  id: string;
  business_id: string | null;
  type: string;
  bytes: number;
  sha256: Buffer;
  state: MediaState;
  expires_at: Date;
}

/** Files, and the bytes of all of them. */
export interface Room {
  files: number;
  bytes: number;
}

/** A message that a medium of a business goes with. */
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
  /**
   * Has uploads of one owner take turns until the end of the transaction: those of a person by their guard, so that none is
   * left of who has ended meanwhile.
   * @returns whether there is such an owner
   */
  async lockRoom(tx: Transaction, owner: MediaOwner): Promise<boolean> {
    if (isPerson(owner)) return lockPerson(tx, owner);
    await tx.rows({
      text: `SELECT pg_advisory_xact_lock(hashtextextended('media:' || $1, 0))`,
      values: [owner.businessId],
    });
    return true;
  }

  /** What the media of an owner take up, or those that went with no message yet; in a statement behind the lock. */
  async used(tx: Transaction, owner: MediaOwner, unsent: boolean): Promise<Room> {
    const { where, values } = ownedBy(owner, unsent, 1);
    const [row] = await tx.rows<Room>({
      text: `SELECT count(*)::integer AS files, coalesce(sum(bytes), 0)::float8 AS bytes FROM media WHERE ${where}`,
      values,
    });
    return row ?? { files: 0, bytes: 0 };
  }

  /** When so many of them, and so many bytes, are removed if no message asks for longer; null: never. */
  async freeAt(tx: Transaction, owner: MediaOwner, unsent: boolean, needed: Room): Promise<Date | null> {
    const { where, values } = ownedBy(owner, unsent, 3);
    const [row] = await tx.rows<{ at: Date | null }>({
      text: `SELECT min(expires_at) AS at FROM (
          SELECT expires_at, row_number() OVER ends AS files, sum(bytes) OVER ends AS bytes FROM media WHERE ${where}
          WINDOW ends AS (ORDER BY expires_at, id)
        ) AS freed WHERE files >= $1 AND bytes >= $2`,
      values: [needed.files, needed.bytes, ...values],
    });
    return row?.at ?? null;
  }

  async add(
    tx: Transaction,
    owner: MediaOwner,
    { id, type, bytes, sha256 }: MediaFacts,
    at: Date,
    expiresAt: Date,
  ): Promise<void> {
    const [columns, whose] = isPerson(owner)
      ? ['lane, person_id', [owner.lane, owner.personId]]
      : ['business_id', [owner.businessId]];
    const facts = [id, type, bytes, Buffer.from(sha256, 'hex'), at, expiresAt];
    await tx.run({
      text: `INSERT INTO media (id, type, bytes, sha256, created_at, expires_at, ${columns})
        VALUES (${[...facts, ...whose].map((_, place) => `$${place + 1}`).join(', ')})`,
      values: [...facts, ...whose],
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

  /** Where somebody said so before, a message may ask for longer already. @returns whether it is still there */
  async stored(tx: Transaction, id: string, at: Date, expiresAt: Date): Promise<boolean> {
    const text = `UPDATE media SET state = 'STORED', stored_at = $2, expires_at = greatest(expires_at, $3) WHERE id = $1`;
    return (await tx.run({ text, values: [id, at, expiresAt] })) === 1;
  }

  /**
   * A medium that a person can send: it went with no message yet. In the role `engine`, under their guard; its row is
   * locked, so it does not expire before the transaction ends.
   */
  async unsent(tx: Transaction, { lane, personId }: PersonKey, id: string): Promise<Media | undefined> {
    const [row] = await tx.rows<MediaRow>({
      text: `SELECT ${COLUMNS} FROM media WHERE id = $1 AND lane = $2 AND person_id = $3 AND state = 'STORED'
        AND sent_to IS NULL AND expires_at > (SELECT assent_now()) FOR NO KEY UPDATE`,
      values: [id, lane, personId],
    });
    return row && toMedia(row);
  }

  /** It goes with a message to a business, and with no other one. Behind `unsent`. */
  async sent(tx: Transaction, id: string, businessId: string, until: Date): Promise<void> {
    await tx.run({
      text: 'UPDATE media SET sent_to = $2, expires_at = greatest(expires_at, $3) WHERE id = $1',
      values: [id, businessId, until],
    });
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
          ) RETURNING id, created_at
        )
        ${LET_GO}`,
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

  /** An upload that was under way may still bring the bytes: until none can be, they are removed once more. */
  async removed(tx: Transaction, ids: readonly string[]): Promise<void> {
    await tx.run({
      text: 'DELETE FROM media_removal WHERE media_id = ANY($1::uuid[]) AND again_at <= (SELECT assent_now())',
      values: [ids],
    });
    await tx.run({
      text: 'UPDATE media_removal SET due_at = again_at WHERE media_id = ANY($1::uuid[])',
      values: [ids],
    });
  }
}

/** Media of one owner that have not expired: a condition, whose first parameter has this place. */
function ownedBy(owner: MediaOwner, unsent: boolean, place: number): { where: string; values: unknown[] } {
  const there = `expires_at > (SELECT assent_now())${unsent ? ' AND sent_to IS NULL' : ''}`;
  return isPerson(owner)
    ? {
        where: `lane = $${place} AND person_id = $${place + 1} AND ${there}`,
        values: [owner.lane, owner.personId],
      }
    : { where: `business_id = $${place} AND ${there}`, values: [owner.businessId] };
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
