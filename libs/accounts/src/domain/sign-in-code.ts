import { ACCOUNT_REASONS } from './account-reasons.js';
import { judgeCode, judgeSend, MOST_ATTEMPTS, type OneTimeCodeState, SEND_LIMIT } from './one-time-code.js';
import { Refused } from './refused.js';

export type CodeRefused = Refused<'TOO_MANY_CODES' | 'TOO_MANY_ATTEMPTS'>;
export type SignInRefusal = Refused<'CODE_INVALID' | 'TOO_MANY_ATTEMPTS'>;

/** Decides whether one more code may be sent to an address, and what is kept then. */
export function judgeSignInSend(state: OneTimeCodeState, now: Date): OneTimeCodeState | CodeRefused {
  const verdict = judgeSend(state, now);
  if (!('refused' in verdict)) return verdict;
  if (verdict.refused === 'TOO_MANY_ATTEMPTS') return tooManyAttempts(verdict.retryAt);
  return new Refused(
    'TOO_MANY_CODES',
    `This address was sent ${SEND_LIMIT.most} codes in the last 10 minutes. Use the newest, or ask again later.`,
    verdict.retryAt,
  );
}

/** Decides whether a code signs somebody in. Wrong, expired, used and never sent answer alike. */
export function judgeSignIn(
  state: OneTimeCodeState | undefined,
  matches: boolean,
  now: Date,
): 'ACCEPTED' | SignInRefusal {
  const verdict = judgeCode(state, matches, now);
  if (!('refused' in verdict)) return 'ACCEPTED';
  if (verdict.refused === 'TOO_MANY_ATTEMPTS') return tooManyAttempts(verdict.retryAt);
  return new Refused('CODE_INVALID', ACCOUNT_REASONS.CODE_INVALID.message);
}

function tooManyAttempts(retryAt: Date | null): Refused<'TOO_MANY_ATTEMPTS'> {
  return new Refused(
    'TOO_MANY_ATTEMPTS',
    `${MOST_ATTEMPTS} wrong codes were entered for this address. Ask for a new code later.`,
    retryAt,
  );
}
