import { createHash, createHmac } from 'node:crypto';

const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;
/** Longer data is left to OpenSSL, which hashes a block faster and takes longer to begin. */
const MOST_BYTES = 1_024;
/** Bytes of a character of JavaScript's in UTF-8, at most. */
const WIDEST = 3;

/** What FIPS 180-4 begins with: the first 32 bits of the fractions of square roots, and of cube roots, of the first primes. */
const PRIMES = firstPrimes(64);
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

/** Shared by all keys: nothing waits between the first and the last use of them for a MAC. */
const padded = Buffer.alloc(MOST_BYTES * WIDEST + BLOCK_BYTES + LENGTH_BYTES);
/** Its words, big-endian: Node's own reading and writing of them takes as long as hashing does. */
const words = new DataView(padded.buffer, padded.byteOffset, padded.byteLength);
const schedule = new Int32Array(64);
const state = new Int32Array(8);

/**
 * HMAC-SHA-256 (RFC 2104) under one key, of the short data that is looked up by its MAC: numbers, keys, tokens. The same
 * bytes as `createHmac` in less than half of its time, most of which goes into making, and collecting, an object for each
 * MAC. How long it takes depends on lengths only.
 */
export class MacKey {
  private readonly inner: Int32Array;
  private readonly outer: Int32Array;

  /** @param key at most 64 bytes */
  constructor(private readonly key: Buffer) {
    if (key.length > BLOCK_BYTES) throw new Error('A key of a MAC has at most 64 bytes');
    this.inner = this.afterPad(0x36);
    this.outer = this.afterPad(0x5c);
  }

  /** Of a key of any length: of one that is longer than a block its hash is taken (RFC 2104). */
  static ofAny(key: Buffer): MacKey {
    return new MacKey(key.length > BLOCK_BYTES ? createHash('sha256').update(key).digest() : key);
  }

  /** The MAC of bytes, or of a text in UTF-8. */
  of(data: string | Buffer): Buffer {
    if (data.length > MOST_BYTES) return createHmac('sha256', this.key).update(data).digest();
    const length = typeof data === 'string' ? writeText(data) : data.copy(padded);
    state.set(this.inner);
    hashPadded(length);
    for (let at = 0; at < 8; at++) words.setInt32(at * 4, word(state, at));
    state.set(this.outer);
    hashPadded(32);
    const mac = Buffer.allocUnsafe(32);
    for (let at = 0; at < 32; at++) mac[at] = word(state, at >> 2) >> (24 - (at & 3) * 8);
    return mac;
  }

  /** The state once the key's block has been hashed: the same for all data. */
  private afterPad(pad: number): Int32Array {
    padded.fill(pad, 0, BLOCK_BYTES);
    for (let at = 0; at < this.key.length; at++) padded[at] = (this.key[at] ?? 0) ^ pad;
    state.set(INITIAL);
    compress(0);
    return state.slice();
  }
}

/** Writes a text to `padded`, and says how many bytes it takes. */
function writeText(text: string): number {
  if (text.length > BLOCK_BYTES) return padded.write(text, 'utf8');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return padded.write(text, 'utf8');
    padded[at] = code;
  }
  return text.length;
}

/** Hashes so many bytes of `padded` into `state`, as the rest of a message behind one block. */
function hashPadded(length: number): void {
  const end = Math.ceil((length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES;
  padded.fill(0, length, end);
  padded[length] = 0x80;
  words.setUint32(end - 4, (BLOCK_BYTES + length) * 8);
  for (let at = 0; at < end; at += BLOCK_BYTES) compress(at);
}

/** Takes one block of `padded` into `state` (FIPS 180-4, 6.2.2). */
function compress(at: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = words.getInt32(at + t * 4);
  for (let t = 16; t < 64; t++) {
    const x = word(schedule, t - 15);
    const y = word(schedule, t - 2);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[t] = word(schedule, t - 16) + s0 + word(schedule, t - 7) + s1;
  }
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  let f = word(state, 5);
  let g = word(state, 6);
  let h = word(state, 7);
  for (let t = 0; t < 64; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + word(ROUNDS, t) + word(schedule, t)) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  // Stored, a number is cut to 32 bits.
  state[0] = word(state, 0) + a;
  state[1] = word(state, 1) + b;
  state[2] = word(state, 2) + c;
  state[3] = word(state, 3) + d;
  state[4] = word(state, 4) + e;
  state[5] = word(state, 5) + f;
  state[6] = word(state, 6) + g;
  state[7] = word(state, 7) + h;
}

const word = (of: Int32Array, at: number): number => of[at] ?? 0;

function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  return primes;
}
