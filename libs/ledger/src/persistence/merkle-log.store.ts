import type { Transaction } from '@assent/platform';
import {
  hashOver,
  type HashedSubtree,
  type LeafRange,
  type Subtree,
  subtreesOf,
} from '../domain/merkle-tree.js';
import { EMPTY_ROOT, nodeHash } from './hashes.js';

/** A signed checkpoint. */
export interface Checkpoint {
  size: number;
  note: string;
  at: Date;
}

/** A Merkle tree of RFC 9162 and its signed checkpoints, in the tables `<name>_node` and `<name>_checkpoint`. */
export class MerkleLog {
  /** @param name of the log, as its tables begin: from the code only */
  constructor(readonly name: 'consent_log' | 'audit_log') {}

  /**
   * Makes this transaction the only one that extends the log, or returns false. A lock that ends with the transaction, in
   * a statement of its own: whatever is read together with a lock is as of before it was granted.
   */
  async takeTurn(tx: Transaction): Promise<boolean> {
    const [row] = await tx.rows<{ taken: boolean }>({
      text: `SELECT pg_try_advisory_xact_lock(hashtext('assent_${this.name}')) AS taken`,
    });
    return row?.taken ?? false;
  }

  /** How many leaves there are. */
  async size(tx: Transaction): Promise<number> {
    const [row] = await tx.rows<{ size: number }>({
      text: `SELECT coalesce(max(index) + 1, 0) AS size FROM ${this.name}_node WHERE level = 0`,
    });
    return row?.size ?? 0;
  }

  /** Adds complete subtrees. Of two that add the same one, one fails: the log can not fork in here. */
  async addSubtrees(tx: Transaction, subtrees: readonly HashedSubtree<Buffer>[]): Promise<void> {
    await tx.run({
      text: `INSERT INTO ${this.name}_node (level, index, hash)
        SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
      values: [
        subtrees.map(({ level }) => level),
        subtrees.map(({ index }) => index),
        subtrees.map(({ hash }) => hash),
      ],
    });
  }

  /** The complete subtrees that the first `size` leaves consist of. */
  async frontier(tx: Transaction, size: number): Promise<HashedSubtree<Buffer>[]> {
    return this.hashed(tx, subtreesOf({ from: 0, to: size }));
  }

  /** The hashes over ranges of leaves, all in one statement. */
  async hashes(tx: Transaction, ranges: readonly LeafRange[]): Promise<Buffer[]> {
    const parts = ranges.map(subtreesOf);
    const hashed = (await this.hashed(tx, parts.flat())).map(({ hash }) => hash);
    return parts.map(({ length }) => hashOver(hashed.splice(0, length), nodeHash) ?? EMPTY_ROOT);
  }

  /** The newest checkpoint. */
  async newest(tx: Transaction): Promise<Checkpoint | undefined> {
    const [row] = await tx.rows<{ size: number; note: string; at: Date }>({
      text: `SELECT size, note, at FROM ${this.name}_checkpoint ORDER BY size DESC LIMIT 1`,
    });
    return row;
  }

  /** The checkpoints of trees larger than `above` (null: of any) and not larger than `upTo`, smallest first. */
  async checkpoints(
    tx: Transaction,
    above: number | null,
    upTo: number,
    limit: number,
  ): Promise<Checkpoint[]> {
    return tx.rows<{ size: number; note: string; at: Date }>({
      text: `SELECT size, note, at FROM ${this.name}_checkpoint
        WHERE ($1::bigint IS NULL OR size > $1) AND size <= $2 ORDER BY size LIMIT $3`,
      values: [above, upTo, limit],
    });
  }

  async addCheckpoint(tx: Transaction, { size, note, at }: Checkpoint): Promise<void> {
    await tx.run({
      text: `INSERT INTO ${this.name}_checkpoint (size, note, at) VALUES ($1, $2, $3)`,
      values: [size, note, at],
    });
  }

  private async hashed(tx: Transaction, subtrees: readonly Subtree[]): Promise<HashedSubtree<Buffer>[]> {
    if (subtrees.length === 0) return [];
    const rows = await tx.rows<{ hash: Buffer }>({
      text: `SELECT n.hash FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS s (level, index, nr)
        JOIN ${this.name}_node n ON n.level = s.level AND n.index = s.index ORDER BY s.nr`,
      values: [subtrees.map(({ level }) => level), subtrees.map(({ index }) => index)],
    });
    return subtrees.map((subtree, at) => {
      const hash = rows[at]?.hash;
      if (!hash || rows.length !== subtrees.length) throw new Error(`${this.name} lacks a node`);
      return { ...subtree, hash };
    });
  }
}
