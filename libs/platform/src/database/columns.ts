/**
 * Columns of a batch, for unnest, as PostgreSQL reads arrays. `pg` would escape each value by itself, which takes longer than
 * all else that is done for a message; what these hold needs no escaping: ids, numbers, times, booleans and names of ours.
 */
const PLAIN = /^[A-Za-z0-9_.:+-]*$/;

/** Never with what somebody else wrote: such a column is an array, which `pg` escapes. @throws Error where it is */
export function column<Item>(
  items: readonly Item[],
  valueOf: (item: Item) => string | number | boolean | Date | null,
): string {
  return `{${items.map((item) => written(valueOf(item))).join(',')}}`;
}

/** A column of bytes, each in hex. */
export function byteaColumn(hexes: readonly string[]): string {
  return `{${hexes.map((hex) => `"\\\\x${hex}"`).join(',')}}`;
}

function written(value: string | number | boolean | Date | null): string {
  if (value === null) return 'NULL';
  const text = value instanceof Date ? value.toISOString() : String(value);
  if (!PLAIN.test(text) || text === '' || text.toUpperCase() === 'NULL')
    throw new Error('A column of plain values must hold nothing else');
  return text;
}
