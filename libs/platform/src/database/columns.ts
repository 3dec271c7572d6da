/**
 * Columns of a batch, for unnest, in the binary form of PostgreSQL's arrays (`array_recv` in its arrayfuncs.c): half as long as text,
 * and neither side has to write, escape or read numbers, ids and times in letters, which takes longer than all else that is done for
 * a message.
 */

/** How values of a type stand in a column. */
export interface ColumnType<Value> {
  /** Of PostgreSQL's pg_type. */
  oid: number;
  /** Bytes of a value, at most. */
  most: (value: Value) => number;
  /** Writes one, and says how many bytes it took. @throws Error where it is none of this type */
  write: (into: Buffer, at: number, value: Value) => number;
}

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
/** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
const EPOCH_MS = 946_684_800_000;
/** Where the digits of each byte of a UUID stand. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const UUID_LETTERS = 36;
const DIGIT_OF = Int8Array.from({ length: 256 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return /^[0-9a-f]$/i.test(letter) ? parseInt(letter, 16) : -1;
});

export const BOOLEAN: ColumnType<boolean> = {
  oid: 16,
  most: () => 1,
  write: (into, at, value) => into.writeUInt8(Number(value), at) - at,
};
export const BYTEA: ColumnType<Buffer> = {
  oid: 17,
  most: ({ length }) => length,
  write: (into, at, value) => value.copy(into, at),
};
/** Bytes that are given in hexadecimal digits. */
export const HEX: ColumnType<string> = {
  oid: 17,
  most: ({ length }) => length / 2,
  write: (into, at, value) => into.write(value, at, 'hex'),
};
/** Whole numbers up to 2^53. */
export const BIGINT: ColumnType<number> = {
  oid: 20,
  most: () => 8,
  write: (into, at, value) => writeBigint(into, at, value),
};
export const SMALLINT: ColumnType<number> = {
  oid: 21,
  most: () => 2,
  write: (into, at, value) => into.writeInt16BE(value, at) - at,
};
export const INTEGER: ColumnType<number> = {
  oid: 23,
  most: () => 4,
  write: (into, at, value) => into.writeInt32BE(value, at) - at,
};
/** Also for names of an enum, which the statement makes of them. */
export const TEXT: ColumnType<string> = {
  oid: 25,
  most: ({ length }) => length * 3,
  write: (into, at, value) => into.write(value, at, 'utf8'),
};
/** To the millisecond, within 285 years of 2000. */
export const TIME: ColumnType<Date> = {
  oid: 1184,
  most: () => 8,
  write: (into, at, value) => writeBigint(into, at, (value.getTime() - EPOCH_MS) * 1_000),
};
export const UUID: ColumnType<string> = { oid: 2950, most: () => 16, write: writeUuid };

/** The column that a value makes of each item. */
export function column<Item, Value>(
  { oid, most, write }: ColumnType<Value>,
  items: readonly Item[],
  valueOf: (item: Item) => Value | null,
): Buffer {
  const values = items.map(valueOf);
  let bytes = HEADER_BYTES;
  for (const value of values) bytes += LENGTH_BYTES + (value === null ? 0 : most(value));
  const into = Buffer.allocUnsafe(bytes);
  const dimensions = values.length > 0 ? 1 : 0; // what is empty has none
  into.writeInt32BE(dimensions, 0);
  into.writeInt32BE(1, 4); // there may be nulls
  into.writeInt32BE(oid, 8);
  if (dimensions === 0) return into.subarray(0, 12);
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16); // the first one's number
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = value === null ? -1 : write(into, at + LENGTH_BYTES, value);
    into.writeInt32BE(length, at);
    at += LENGTH_BYTES + Math.max(length, 0);
  }
  return into.subarray(0, at);
}

function writeBigint(into: Buffer, at: number, value: number): number {
  if (!Number.isSafeInteger(value)) throw new Error('A column of whole numbers must hold nothing else');
  into.writeInt32BE(Math.floor(value / 2 ** 32), at);
  into.writeInt32BE(value | 0, at + 4);
  return 8;
}

function writeUuid(into: Buffer, at: number, uuid: string): number {
  let digits = 0;
  for (let byte = 0; byte < 16; byte++) {
    const place = UUID_DIGITS[byte] ?? 0;
    const high = DIGIT_OF[uuid.charCodeAt(place)] ?? -1;
    const low = DIGIT_OF[uuid.charCodeAt(place + 1)] ?? -1;
    digits |= high | low; // below zero from the first one on that is none
    into[at + byte] = (high << 4) | low;
  }
  if (digits < 0 || uuid.length !== UUID_LETTERS) throw new Error('A column of UUIDs must hold nothing else');
  return 16;
}
