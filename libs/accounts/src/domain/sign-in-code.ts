import { Refused } from './refused.js';
import { takeOne } from './rolling-limit.js';

/** What is kept of the codes sent to one e-mail address, whether or not it belongs to a member. */
export interface SignInCodeState {
  /** Wrong codes entered since the last time that none was alive. */
  attempts: number;
  /** Times of sends, oldest first; those that no longer count may be missing. */
  sentAt: Date[];
  /** When the newest code ends, or ended: by time or by use. */
  expiresAt: Date;
}

const MINUTE_MS = 60_000;

/** Twilio Verify's figures: 5 sends in 10 minutes, 5 attempts, 10 minutes to live. */
export const CODE_LIFETIME_MS = 10 * MINUTE_MS;
export const SEND_LIMIT = { most: 5, windowMs: 10 * MINUTE_MS };
export const MOST_ATTEMPTS = 5;

export type CodeRefused = Refused<'TOO_MANY_CODES' | 'TOO_MANY_ATTEMPTS'>;
export type SignInRefusal = Refused<'CODE_INVALID' | 'TOO_MANY_ATTEMPTS'>;

/** Decides whether one more code may be sent, and what is kept then. */
export function judgeSend(state: SignInCodeState, now: Date): SignInCodeState | CodeRefused {
  const alive = now < state.expiresAt;
  // A new code does not bring new attempts: else whoever asks for codes could try 25 of them in ten minutes.
  if (alive && state.attempts >= MOST_ATTEMPTS) return tooManyAttempts(state.expiresAt);
  const send = takeOne(SEND_LIMIT, state.sentAt, now);
  if ('retryAt' in send) {
    return new Refused(
      'TOO_MANY_CODES',
      `This address was sent ${SEND_LIMIT.most} codes in the last 10 minutes. Use the newest, or ask again later.`,
      send.retryAt,
    );
  }
  return {
    attempts: alive ? state.attempts : 0,
    sentAt: send.times,
    expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS),
  };
}

/** Decides whether a code signs somebody in. Wrong, expired, used and never sent answer alike. */
export function judgeCode(
  state: SignInCodeState | undefined,
  matches: boolean,
  now: Date,
): 'ACCEPTED' | SignInRefusal {
  if (!state || now >= state.expiresAt) return codeInvalid();
  if (state.attempts >= MOST_ATTEMPTS) return tooManyAttempts(state.expiresAt);
  return matches ? 'ACCEPTED' : codeInvalid();
}

function codeInvalid(): Refused<'CODE_INVALID'> {
  return new Refused('CODE_INVALID', 'The code is wrong or has expired. Check it, or ask for a new one.');
}

function tooManyAttempts(retryAt: Date): Refused<'TOO_MANY_ATTEMPTS'> {
  return new Refused(
    'TOO_MANY_ATTEMPTS',
    `${MOST_ATTEMPTS} wrong codes were entered for this address. Ask for a new code later.`,
    retryAt,
  );
}
