import { Injectable } from '@nestjs/common';
import { firstIdAt, type Transaction } from '@assent/platform';
import type { ActRecord } from '../domain/act.js';
import type { LeafRange } from '../domain/merkle-tree.js';
import { MerkleLog } from './merkle-log.store.js';

/** An act with all that its hash and its leaf are made of. */
export interface SealedAct extends ActRecord {
  salt: Buffer;
  /** Null for the first act of a chain. */
  previousHash: Buffer | null;
  hash: Buffer;
}

/** Which acts are asked for; what is undefined or null lets all through. */
export interface ActFilter {
  ledger?: string | undefined;
  actorId?: string | undefined;
  name?: string | null | undefined;
  subject?: string | null | undefined;
  since?: Date | null | undefined;
  until?: Date | null | undefined;
}

const COLUMNS = `id, ledger, seq, at, actor_kind AS "actorKind", actor_id AS "actorId", name, outcome, refusal, subjects,
  subject_count AS "subjectCount", reason, details, salt, previous_hash AS "previousHash", hash`;

/** The audit log: acts in their chains, and the tree over all of them. */
@Injectable()
export class AuditStore extends MerkleLog {
  constructor() {
    super('audit_log');
  }

  /**
   * The end of a chain, which nobody else can append to until this transaction ends. The last lock that an act takes: it holds
   * only while the act is written and committed, and nobody waits for another one behind it.
   */
  async lockEnd(tx: Transaction, ledger: string): Promise<{ now: Date; seq: number; hash: Buffer | null }> {
    const [, [end]] = await Promise.all([
      tx.rows({
        name: 'audit-lock',
        text: `SELECT pg_advisory_xact_lock(hashtextextended('assent_audit_log ' || $1, 0))`,
        values: [ledger],
      }),
      tx.rows<{ now: Date; seq: number | null; hash: Buffer | null }>({
        name: 'audit-end',
        text: `SELECT assent_now() AS now, seq, hash FROM (SELECT) nothing
          LEFT JOIN LATERAL (SELECT seq, hash FROM audit_act WHERE ledger = $1 ORDER BY seq DESC LIMIT 1) newest ON true`,
        values: [ledger],
      }),
    ]);
    if (!end) throw new Error('The database told no time');
    return { now: end.now, seq: end.seq ?? 0, hash: end.hash };
  }

  /** Adds an act, which waits for its leaf from now on. */
  async add(tx: Transaction, act: SealedAct): Promise<void> {
    await tx.run({
      name: 'audit-add',
      text: `WITH added AS (INSERT INTO audit_act (ledger, seq, id, at, actor_kind, actor_id, name, outcome, refusal, subjects,
          subject_count, reason, details, salt, previous_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id)
        INSERT INTO audit_log_queue (act_id) SELECT id FROM added`,
      values: [
        act.ledger,
        act.seq,
        act.id,
        act.at,
        act.actorKind,
        act.actorId,
        act.name,
        act.outcome,
        act.refusal,
        act.subjects,
        act.subjectCount,
        act.reason,
        JSON.stringify(act.details),
        act.salt,
        act.previousHash,
        act.hash,
      ],
    });
  }

  /** Acts, newest first, behind the one with that id. Ids begin with the time of their acts, so times are ranges of each index, too. */
  page(tx: Transaction, filter: ActFilter, limit: number, after: string | undefined): Promise<SealedAct[]> {
    return tx.rows<SealedAct>({
      text: `SELECT ${COLUMNS} FROM audit_act
        WHERE ($1::uuid IS NULL OR ledger = $1) AND ($2::uuid IS NULL OR actor_id = $2) AND ($3::text IS NULL OR name = $3)
          AND ($4::text IS NULL OR subjects @> ARRAY[$4]) AND ($5::uuid IS NULL OR id >= $5)
          AND ($6::uuid IS NULL OR id < $6) AND ($7::uuid IS NULL OR id < $7)
        ORDER BY id DESC LIMIT $8`,
      values: [
        filter.ledger ?? null,
        filter.actorId ?? null,
        filter.name ?? null,
        filter.subject ?? null,
        filter.since ? firstIdAt(filter.since) : null,
        filter.until ? firstIdAt(filter.until) : null,
        after ?? null,
        limit,
      ],
    });
  }

  /** The acts that wait for their leaves, in the order in which these come. */
  queued(tx: Transaction, limit: number): Promise<SealedAct[]> {
    return tx.rows<SealedAct>({
      text: `SELECT ${COLUMNS} FROM (SELECT * FROM audit_log_queue ORDER BY turn LIMIT $1) q
        JOIN audit_act a ON a.id = q.act_id ORDER BY q.turn`,
      values: [limit],
    });
  }

  /** Remembers which leaves these acts are, from the `first` on, and takes them off the queue. */
  async place(tx: Transaction, acts: readonly SealedAct[], first: number): Promise<void> {
    await tx.run({
      text: `WITH gone AS (DELETE FROM audit_log_queue WHERE act_id = ANY ($1))
        INSERT INTO audit_log_position (act_id, leaf_index)
        SELECT id, $2::bigint + nr - 1 FROM unnest($1::uuid[]) WITH ORDINALITY AS placed (id, nr)`,
      values: [acts.map(({ id }) => id), first],
    });
  }

  /** The acts of a range of leaves, with the hashes of these. */
  leaves(tx: Transaction, { from, to }: LeafRange): Promise<(SealedAct & { leafHash: Buffer })[]> {
    return tx.rows<SealedAct & { leafHash: Buffer }>({
      text: `SELECT n.hash AS "leafHash", a.* FROM audit_log_node n
        JOIN audit_log_position p ON p.leaf_index = n.index AND p.leaf_index >= $1 AND p.leaf_index < $2
        JOIN (SELECT ${COLUMNS} FROM audit_act) a ON a.id = p.act_id
        WHERE n.level = 0 AND n.index >= $1 AND n.index < $2 ORDER BY n.index`,
      values: [from, to],
    });
  }
}
