import { Inject, Injectable } from '@nestjs/common';
import { Configuration, LOGGER } from '@assent/platform';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import {
  CLOCK_SKEW_SECONDS,
  OPERATOR_ALGORITHMS,
  readVouched,
  type Vouched,
} from '../domain/operator-token.js';
import type { OperatorTokenReason } from '../domain/operator-token-reasons.js';

const FETCH_LIMIT_MS = 5_000;
/** After so long keys are read again, so a key that is not published any more is not taken for longer. */
const KEPT_MS = 5 * 60_000;
/** A token that names a key that is not known has keys read again; so many of them cost one request a second. */
const COOLDOWN_MS = 1_000;

class KeysUnavailable extends Error {}

/** Checks tokens that the operator's own accounts are signed in with. */
@Injectable()
export class OperatorTokens {
  private readonly issuer: string | undefined;
  private readonly audience: string;
  private readonly maxAgeSeconds: number;
  private readonly keys: JWTVerifyGetKey | undefined;

  constructor(
    { settings }: Configuration,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.issuer = settings.PERSON_TOKEN_ISSUER;
    this.audience = settings.PERSON_TOKEN_AUDIENCE ?? '';
    this.maxAgeSeconds = settings.PERSON_TOKEN_MAX_AGE_SECONDS;
    if (this.issuer !== undefined) this.keys = keysOf(settings);
  }

  /** Whom a token vouches for at this time, or why nobody. */
  async read(token: string, now: Date): Promise<Vouched | OperatorTokenReason> {
    if (this.issuer === undefined || !this.keys) return 'OPERATOR_TOKENS_OFF';
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: OPERATOR_ALGORITHMS,
        issuer: this.issuer,
        audience: this.audience,
        requiredClaims: ['exp', 'jti'],
        maxTokenAge: this.maxAgeSeconds,
        clockTolerance: CLOCK_SKEW_SECONDS,
        currentDate: now,
      });
      return readVouched(payload);
    } catch (error) {
      return this.reasonOf(error);
    }
  }

  /** For how long a token that was taken has to be known: no setting lets one be taken for longer. */
  readonly keepSeconds = 3_600 + 2 * CLOCK_SKEW_SECONDS;

  private reasonOf(error: unknown): OperatorTokenReason {
    if (error instanceof KeysUnavailable) {
      const { name, code } = error.cause as { name?: string; code?: string };
      this.log.warn({ name, problem: code }, 'The keys of the operator’s tokens can not be had');
      return 'OPERATOR_KEYS_UNAVAILABLE';
    }
    if (!(error instanceof errors.JOSEError)) throw error;
    const { claim } = error as { claim?: unknown };
    // Which check failed, and nothing of what the token says.
    this.log.debug({ problem: error.code, claim }, 'A token of the operator was refused');
    return error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID';
  }
}

/** The keys that a token may be signed with: those of the file, or those that stand at the URL. */
function keysOf({
  PERSON_TOKEN_JWKS_FILE: file,
  PERSON_TOKEN_JWKS_URL: url = '',
}: Configuration['settings']): JWTVerifyGetKey {
  const keys: JWTVerifyGetKey = file
    ? createLocalJWKSet(file)
    : createRemoteJWKSet(new URL(url), {
        timeoutDuration: FETCH_LIMIT_MS,
        cacheMaxAge: KEPT_MS,
        cooldownDuration: COOLDOWN_MS,
      });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      // The token's fault; all else is a set of keys that can not be had, or not be used.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
        throw error;
      throw new KeysUnavailable('No keys', { cause: error });
    }
  };
}
