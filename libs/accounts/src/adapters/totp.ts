import { createHmac, timingSafeEqual } from 'node:crypto';

/** What all authenticator apps know (RFC 6238): HMAC-SHA-1, six digits, a new code every 30 seconds. */
const STEP_MS = 30_000;
const DIGITS = 6;
/** Clocks of telephones go wrong, and people are slow: a code of one step before or after counts too. */
const TOLERANCE = 1;
/** RFC 4226 recommends 160 bits. */
export const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Which step a time is in. */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/** The code of a step. */
export function totp(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** DIGITS;
  return number.toString().padStart(DIGITS, '0');
}

/** The step whose code this is, around a time and after the last step that was accepted; undefined where it is none. */
export function matchStep(secret: Buffer, code: string, now: Date, lastStep: number): number | undefined {
  const given = Buffer.from(code);
  let matched: number | undefined;
  for (let step = stepOf(now) - TOLERANCE; step <= stepOf(now) + TOLERANCE; step++) {
    const expected = Buffer.from(totp(secret, step));
    const equal = expected.length === given.length && timingSafeEqual(expected, given);
    if (equal && step > lastStep) matched ??= step;
  }
  return matched;
}

/** Bytes as authenticator apps take them (RFC 4648, without padding). */
export function toBase32(bytes: Buffer): string {
  let text = '';
  let [bits, value] = [0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32.charAt((value >>> (bits - 5)) & 31);
  }
  return bits > 0 ? text + BASE32.charAt((value << (5 - bits)) & 31) : text;
}

/** What an authenticator app reads as a QR code. */
export function otpauthUrl(issuer: string, account: string, secret: Buffer): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
