import type { Database, Transaction } from '../database/database.js';
import type { KeyRing } from './key-ring.js';
import { RotationStore } from './rotation.store.js';
import {
  byColumn,
  keyArrays,
  nameOf,
  pageOf,
  type Resealed,
  sameKey,
  type SealedColumn,
} from './sealed-column.js';
import { open, seal } from './sealing.js';

interface Sealed {
  key: string[];
  sealed: Buffer;
  salt: Buffer | null;
}

/** Rows that one step looks at. */
const MOST = 1_000;
const NOTHING: Resealed = { looked: 0, resealed: 0, unreadable: 0, done: true };

/** Seals anew, with the newest key, what older keys sealed: in small steps, each a transaction, while everything else goes on. */
export class Reseal {
  private readonly rotations = new RotationStore();

  constructor(
    private readonly database: Database,
    private readonly keys: KeyRing,
  ) {}

  /** One pass through a column, or the rest of one that was interrupted; a result for each step. */
  async *through(column: SealedColumn, most = MOST): AsyncGenerator<Resealed, void, undefined> {
    const { database, rotations } = this;
    await database.transaction({ role: 'rekeyer' }, (tx) =>
      rotations.begin(tx, nameOf(column), this.keys.current),
    );
    for (;;) {
      const step = await database.transaction({ role: 'rekeyer' }, (tx) => this.step(tx, column, most));
      yield step;
      if (step.done) return;
    }
  }

  /**
   * Locks: the place's row of the rotation; then the rows themselves, leaving out those that somebody holds (SKIP LOCKED):
   * so it waits for nobody while it holds them, and no order of locks is broken. What was left out the next pass finds.
   */
  private async step(tx: Transaction, column: SealedColumn, most: number): Promise<Resealed> {
    const { after, done } = await this.rotations.lock(tx, nameOf(column));
    if (done) return NOTHING;
    const limit = Math.min(most, column.most ?? MOST);
    const page = await tx.rows<{ key: string[]; version: number | null }>(pageOf(column, after, limit));
    const old = page.filter(({ version }) => version !== null && version !== this.keys.current);
    const rows = await this.take(
      tx,
      column,
      old.map(({ key }) => key),
    );
    const fresh = rows.flatMap((row) => this.anew(column, row) ?? []);
    await this.put(tx, column, fresh);
    const step = {
      looked: page.length,
      resealed: fresh.length,
      unreadable: rows.length - fresh.length,
      done: page.length < limit,
    };
    await this.rotations.note(tx, nameOf(column), page.at(-1)?.key ?? null, step);
    return step;
  }

  private async take(tx: Transaction, column: SealedColumn, keys: string[][]): Promise<Sealed[]> {
    if (keys.length === 0) return [];
    const names = Object.keys(column.key);
    return tx.rows<Sealed>({
      text: `SELECT ARRAY[${names.map((name) => `t.${name}::text`).join(', ')}] AS key, t.${column.column} AS sealed,
          ${column.salt ?? 'NULL::bytea'} AS salt
        FROM ${column.table} t JOIN unnest(${keyArrays(column, 1)}) AS w (${names.join(', ')}) ON ${sameKey(column)}
        FOR NO KEY UPDATE OF t SKIP LOCKED`,
      values: byColumn(column, keys),
    });
  }

  private anew(
    { use, place, salt: salted }: SealedColumn,
    { key, sealed, salt }: Sealed,
  ): Sealed | undefined {
    const keyOf = (version: number) =>
      salted ? this.keys.deriveFresh(use, salt ?? '', version) : this.keys.derive(use, version);
    const version = this.keys.current;
    try {
      const plain = open(keyOf, sealed, place(...key));
      return { key, salt, sealed: seal({ version, key: keyOf(version) }, plain, place(...key)) };
    } catch {
      return undefined;
    }
  }

  private async put(tx: Transaction, column: SealedColumn, rows: readonly Sealed[]): Promise<void> {
    if (rows.length === 0) return;
    const names = Object.keys(column.key);
    await tx.run({
      text: `UPDATE ${column.table} t SET ${column.column} = w.sealed
        FROM unnest($1::bytea[], ${keyArrays(column, 2)}) AS w (sealed, ${names.join(', ')})
        WHERE ${sameKey(column)}`,
      values: [
        rows.map(({ sealed }) => sealed),
        ...byColumn(
          column,
          rows.map(({ key }) => key),
        ),
      ],
    });
  }
}
