import { Secret, TOTP } from 'otpauth';

/** What all authenticator apps know (RFC 6238): HMAC-SHA-1, six digits, a new code every 30 seconds. */
const STEP_SECONDS = 30;
const STEP_MS = STEP_SECONDS * 1_000;
/** Clocks of telephones go wrong, and people are slow: a code of one step before or after counts too. */
const TOLERANCE = 1;
/** RFC 4226 recommends 160 bits. */
export const SECRET_BYTES = 20;

/** Which step a time is in. */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/** The code of a step. */
export function totp(secret: Buffer, step: number): string {
  return generatorOf(secret).generate({ timestamp: step * STEP_MS });
}

/** The step whose code this is, around a time and after the last step that was accepted; undefined where it is none. */
export function matchStep(secret: Buffer, code: string, now: Date, lastStep: number): number | undefined {
  const generator = generatorOf(secret);
  let matched: number | undefined;
  for (let step = stepOf(now) - TOLERANCE; step <= stepOf(now) + TOLERANCE; step++) {
    const isRight = generator.validate({ token: code, timestamp: step * STEP_MS, window: 0 }) === 0;
    if (isRight && step > lastStep) matched ??= step;
  }
  return matched;
}

/** A secret as people type it into an app, in Base32, and as an app reads it as a QR code. */
export function enrolment(issuer: string, account: string, secret: Buffer): { secret: string; url: string } {
  const generator = generatorOf(secret, { issuer, label: account });
  return { secret: generator.secret.base32, url: generator.toString() };
}

function generatorOf(secret: Buffer, of: { issuer?: string; label?: string } = {}): TOTP {
  const { buffer } = Uint8Array.from(secret); // of its own: a Buffer may be a part of a larger one
  return new TOTP({
    ...of,
    secret: new Secret({ buffer }),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
  });
}
