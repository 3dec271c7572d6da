import { parsePhone, type PhoneNumber } from './phone-number.js';
import { testNumberEnding } from './test-number.js';

/** Asymmetric ones only: with a key that is public nobody can sign (RFC 8725, section 3.1). */
export const OPERATOR_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256'];
/** How far the clocks of the operator's servers and the database's may be apart. */
export const CLOCK_SKEW_SECONDS = 30;
const MOST_ID_CHARACTERS = 255;

/** Whom the operator vouches for. */
export interface Vouched {
  issuer: string;
  /** Of the token: each is taken once. */
  jti: string;
  number: PhoneNumber;
}

/**
 * What a token whose signature, issuer, audience and times were found good says. The claims about the number are those of
 * OpenID Connect (Core 1.0, section 5.1).
 */
export function readVouched(
  claims: Readonly<Record<string, unknown>>,
): Vouched | 'TOKEN_INVALID' | 'NUMBER_NOT_VERIFIED' {
  const { iss: issuer, jti, phone_number: phone, phone_number_verified: isVerified } = claims;
  if (typeof issuer !== 'string' || typeof jti !== 'string') return 'TOKEN_INVALID';
  if (jti.length === 0 || jti.length > MOST_ID_CHARACTERS) return 'TOKEN_INVALID';
  // True and nothing like it: whoever signs "false" as a text does not mean true.
  if (typeof phone !== 'string' || isVerified !== true || !phone.startsWith('+'))
    return 'NUMBER_NOT_VERIFIED';
  const number = parsePhone(phone);
  if (!number || testNumberEnding(number.e164) !== undefined) return 'NUMBER_NOT_VERIFIED';
  return { issuer, jti, number };
}
