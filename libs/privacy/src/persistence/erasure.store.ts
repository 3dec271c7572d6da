import { Injectable } from '@nestjs/common';
import type { ErasedPerson, StoreErasure, Transaction } from '@assent/platform';
import type { Erasure, ErasureCause } from '../domain/erasure.js';

/** How long a worker may be at an erasure before others take it; each step begins it anew. */
const LEASE = '30 seconds';

/** A person's end, as it is written down. */
export interface NewErasure extends ErasedPerson {
  cause: ErasureCause;
  tombstone: Buffer;
  /** Of the token that its progress is asked with; null where nobody asked for it. */
  tokenHash: Buffer | null;
}

/** An erasure that this worker is at; `fence` is checked before every step. */
export interface ClaimedErasure extends ErasedPerson {
  cause: ErasureCause;
  tombstone: Buffer;
  fence: number;
}

/** Erasures, and what each has done. In the role `eraser`, but for `byToken`. */
@Injectable()
export class ErasureStore {
  async add(tx: Transaction, erasure: NewErasure): Promise<void> {
    await tx.run({
      text: `INSERT INTO erasure (lane, id, cause, person_id, tombstone, token_hash, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values: [
        erasure.lane,
        erasure.erasureId,
        erasure.cause,
        erasure.personId,
        erasure.tombstone,
        erasure.tokenHash,
        erasure.at,
      ],
    });
  }

  /** Adds what was done to what was done before, in the transaction that did it. */
  async count(
    tx: Transaction,
    { lane, erasureId }: ErasedPerson,
    stores: readonly StoreErasure[],
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO erased_store AS s (lane, erasure_id, store, what, rows, why)
        SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::bigint[], $6::text[])
        ON CONFLICT (lane, erasure_id, store, what) DO UPDATE SET rows = s.rows + excluded.rows`,
      values: [
        lane,
        erasureId,
        stores.map(({ store }) => store),
        stores.map(({ what }) => what),
        stores.map(({ rows }) => rows),
        stores.map(({ why }) => why ?? null),
      ],
    });
  }

  /** The erasure that has waited longest and that no other worker is at. */
  async claim(tx: Transaction): Promise<ClaimedErasure | undefined> {
    const [row] = await tx.rows<{
      lane: number;
      id: string;
      person_id: string;
      cause: ErasureCause;
      tombstone: Buffer;
      asked_at: Date;
      fence: number;
    }>({
      text: `UPDATE erasure e SET lease_until = (SELECT assent_now()) + interval '${LEASE}', fence = e.fence + 1
        FROM (
          SELECT lane, id FROM erasure
          WHERE done_at IS NULL AND (lease_until IS NULL OR lease_until <= (SELECT assent_now()))
          ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
        ) next
        WHERE e.lane = next.lane AND e.id = next.id
        RETURNING e.lane, e.id, e.person_id, e.cause, e.tombstone, e.asked_at, e.fence`,
    });
    if (!row) return undefined;
    const { id: erasureId, person_id: personId, asked_at: at, ...rest } = row;
    return { ...rest, erasureId, personId, at };
  }

  /** Locks an erasure for a step and begins its lease anew. @returns false where another worker is at it by now */
  async hold(tx: Transaction, { lane, erasureId, fence }: ClaimedErasure): Promise<boolean> {
    const held = await tx.run({
      text: `UPDATE erasure SET lease_until = (SELECT assent_now()) + interval '${LEASE}'
        WHERE lane = $1 AND id = $2 AND fence = $3 AND done_at IS NULL`,
      values: [lane, erasureId, fence],
    });
    return held > 0;
  }

  /** Lets it wait for so many milliseconds, for any worker. */
  async postpone(
    tx: Transaction,
    { lane, erasureId, fence }: ClaimedErasure,
    milliseconds: number,
  ): Promise<void> {
    await tx.run({
      text: `UPDATE erasure SET lease_until = (SELECT assent_now()) + $4 * interval '1 millisecond'
        WHERE lane = $1 AND id = $2 AND fence = $3`,
      values: [lane, erasureId, fence, milliseconds],
    });
  }

  /** Ends it: the proof stays, and with the person's id goes what only the proof was made of. */
  async finish(
    tx: Transaction,
    { lane, erasureId }: ClaimedErasure,
    doneAt: Date,
    proof: string,
  ): Promise<void> {
    await Promise.all([
      tx.run({
        text: `UPDATE erasure SET person_id = NULL, lease_until = NULL, done_at = $3, proof = $4
          WHERE lane = $1 AND id = $2`,
        values: [lane, erasureId, doneAt, proof],
      }),
      tx.run({
        text: 'DELETE FROM erasure_leaf WHERE lane = $1 AND erasure_id = $2',
        values: [lane, erasureId],
      }),
    ]);
  }

  /** What is done to each store so far. */
  async stores(
    tx: Transaction,
    { lane, erasureId }: Pick<ErasedPerson, 'lane' | 'erasureId'>,
  ): Promise<StoreErasure[]> {
    const rows = await tx.rows<{
      store: string;
      what: StoreErasure['what'];
      rows: number;
      why: string | null;
    }>({
      text: `SELECT store, what, rows, why FROM erased_store WHERE lane = $1 AND erasure_id = $2
        ORDER BY what, store`,
      values: [lane, erasureId],
    });
    return rows.map(({ why, ...store }) => ({ ...store, ...(why === null ? {} : { why }) }));
  }

  /** The erasure that a token was given for; in the role `gate`. */
  async byToken(tx: Transaction, tokenHash: Buffer): Promise<Erasure | undefined> {
    const [row] = await tx.rows<{
      lane: number;
      id: string;
      asked_at: Date;
      done_at: Date | null;
      proof: string | null;
      left: number;
    }>({
      text: `SELECT lane, id, asked_at, done_at, proof,
          (SELECT count(*)::int FROM erasure_conversation c WHERE c.lane = e.lane AND c.erasure_id = e.id) AS left
        FROM erasure e WHERE token_hash = $1`,
      values: [tokenHash],
    });
    if (!row) return undefined;
    const { lane, id, asked_at, done_at, proof, left } = row;
    const stores = await this.stores(tx, { lane, erasureId: id });
    return { id, askedAt: asked_at, doneAt: done_at, stores, conversationsLeft: left, proof };
  }
}
