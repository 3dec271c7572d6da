import type { Statement } from '../database/round-trips.js';

/** A column of sealed bytes, as who keeps them describes it for a rotation of keys. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The columns of the primary key, in order, and their types in SQL. */
  key: Readonly<Record<string, string>>;
  /** SQL of what holds of the rows whose bytes are sealed so; `t` is the table. */
  where?: string;
  /** SQL of the salt of a row's key; `t` is the table. Where it is NULL nobody can open the bytes, and nobody is to. */
  salt?: string;
  /** What the key is derived for. */
  use: string;
  /** What bytes of a row are bound to; it is given the primary key, in order, as text. */
  place: (...key: string[]) => string;
  /** Rows at once, where they are large; else 1,000. */
  most?: number;
}

/** What became of the rows that one step looked at. */
export interface Resealed {
  looked: number;
  resealed: number;
  /** Bytes that do not open with the key that they name: they were left as they are. */
  unreadable: number;
  /** Whether this step came to the end. */
  done: boolean;
}

/** The name of a column: `table.column`. */
export const nameOf = ({ table, column }: SealedColumn) => `${table}.${column}`;

/** SQL of the version that a row's bytes name; NULL where there is nothing that anybody could open. */
export function versionOf({ column, where = 'true', salt }: SealedColumn): string {
  const opens = salt ? ` AND ${salt} IS NOT NULL` : '';
  return `CASE WHEN octet_length(t.${column}) > 0 AND ${where}${opens} THEN get_byte(t.${column}, 0) END`;
}

/** A page of a table in the order of its key, behind a key where one is given: each row's key, and the version that its bytes name. */
export function pageOf(column: SealedColumn, after: string[] | null, most: number): Statement {
  const columns = Object.keys(column.key).map((name) => `t.${name}`);
  const behind = Object.values(column.key).map((type, at) => `($2::text[])[${at + 1}]::${type}`);
  // No condition that might be none: it would keep the planner from the index.
  const where = after ? `WHERE (${columns.join(', ')}) > (${behind.join(', ')})` : '';
  return {
    text: `SELECT ARRAY[${columns.map((name) => `${name}::text`).join(', ')}] AS key, ${versionOf(column)} AS version
      FROM ${column.table} t ${where} ORDER BY ${columns.join(', ')} LIMIT $1`,
    values: after ? [most, after] : [most],
  };
}

/** SQL of the parameters, from `$first` on, that hold given keys: one array a column. */
export function keyArrays({ key }: SealedColumn, first: number): string {
  return Object.values(key)
    .map((type, at) => `$${at + first}::${type}[]`)
    .join(', ');
}

/** SQL of `t` and `w` having the same key. */
export const sameKey = ({ key }: SealedColumn) =>
  Object.keys(key)
    .map((name) => `t.${name} = w.${name}`)
    .join(' AND ');

/** Keys of rows, turned into one array a column. */
export const byColumn = ({ key }: SealedColumn, keys: readonly string[][]): string[][] =>
  Object.keys(key).map((_, at) => keys.map((values) => values[at] ?? ''));
