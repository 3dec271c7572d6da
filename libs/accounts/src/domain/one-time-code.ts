import { type RollingLimit, takeOne } from './rolling-limit.js';

/** What is kept of the codes sent to one number or address, whether or not it is anybody's. */
export interface OneTimeCodeState {
  /** Wrong codes entered since the last time that none was alive. */
  attempts: number;
  /** Times of sends, oldest first; those that no longer count may be missing. */
  sentAt: Date[];
  /** When the newest code ends, or ended: by time or by use. */
  expiresAt: Date;
}

const MINUTE_MS = 60_000;

/** Twilio Verify's figures: 5 sends in 10 minutes, 5 tries, 10 minutes to live. */
export const SEND_LIMIT: RollingLimit = { most: 5, windowMs: 10 * MINUTE_MS };
export const MOST_ATTEMPTS = 5;
export const CODE_LIFETIME_MS = 10 * MINUTE_MS;

/** Why no code is sent, or none accepted. */
export interface OneTimeCodeRefusal {
  refused: 'TOO_MANY_CODES' | 'TOO_MANY_ATTEMPTS' | 'CODE_INVALID';
  /** From when on a new code may be asked for; null: now. */
  retryAt: Date | null;
}

/** Decides whether one more code may be sent, and what is kept then. */
export function judgeSend(state: OneTimeCodeState, now: Date): OneTimeCodeState | OneTimeCodeRefusal {
  const alive = now < state.expiresAt;
  // A new code does not bring new tries: else whoever asks for codes could try 25 of them in ten minutes.
  if (alive && state.attempts >= MOST_ATTEMPTS)
    return { refused: 'TOO_MANY_ATTEMPTS', retryAt: state.expiresAt };
  const send = takeOne(SEND_LIMIT, state.sentAt, now);
  if ('retryAt' in send) return { refused: 'TOO_MANY_CODES', retryAt: send.retryAt };
  return {
    attempts: alive ? state.attempts : 0,
    sentAt: send.times,
    expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS),
  };
}

/** Decides whether a code is accepted. Wrong, expired, used and never sent answer alike. */
export function judgeCode(
  state: OneTimeCodeState | undefined,
  matches: boolean,
  now: Date,
): { accepted: true } | OneTimeCodeRefusal {
  if (!state || now >= state.expiresAt) return { refused: 'CODE_INVALID', retryAt: null };
  if (state.attempts >= MOST_ATTEMPTS) return { refused: 'TOO_MANY_ATTEMPTS', retryAt: state.expiresAt };
  return matches ? { accepted: true } : { refused: 'CODE_INVALID', retryAt: null };
}
