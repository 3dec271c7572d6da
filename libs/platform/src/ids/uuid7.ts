import { randomBytes } from 'node:crypto';

const POOL_BYTES = 8192;
let pool = Buffer.alloc(0);
let used = 0;

/** Cryptographically random bytes, cut from a block: one system call for hundreds of ids and nonces. */
export function randomFromPool(length: number): Buffer {
  if (length > POOL_BYTES) return randomBytes(length);
  if (used + length > pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += length;
  return pool.subarray(used - length, used);
}

/**
 * A UUIDv7 (RFC 9562) of a time in milliseconds. With a lane (0–1023) its ten bits stand first in `rand_a`, so that
 * an id alone tells where its row is.
 */
export function uuid7(milliseconds: number, lane?: number): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  randomFromPool(10).copy(bytes, 6);
  const random12 = bytes.readUInt16BE(6) & 0x0fff;
  const tail12 = lane === undefined ? random12 : (lane << 2) | (random12 & 3);
  bytes.writeUInt16BE(0x7000 | tail12, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytesToUuid(bytes);
}

/** The lane that `uuid7` put into an id. */
export function laneOf(id: string): number {
  return parseInt(id.slice(15, 18), 16) >> 2;
}

/** When `uuid7` made an id, in milliseconds. */
export function timeOf(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

const MOST_MS = 2 ** 48 - 1;

/** What no id that `uuid7` made at that time or later is below, and every earlier one is. */
export function firstIdAt(time: Date): string {
  const hex = Math.min(Math.max(time.getTime(), 0), MOST_MS).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

export function bytesToUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function uuidToBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** Whether 16 bytes carry the version and variant of a UUIDv7: what a decrypted handle must look like. */
export function isUuid7(bytes: Buffer): boolean {
  return bytes.length === 16 && (bytes[6] ?? 0) >> 4 === 7 && (bytes[8] ?? 0) >> 6 === 2;
}
