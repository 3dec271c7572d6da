/** What is kept of the codes sent to one number. */
export interface PhoneCodeState {
  /** Wrong codes entered since the last time that none was alive. */
  attempts: number;
  /** Times of sends, oldest first; those that no longer count may be missing. */
  sentAt: Date[];
  /** When the newest code ends, or ended: by time or by use. */
  expiresAt: Date;
}

const MINUTE_MS = 60_000;

/** Twilio Verify's figures: 5 sends in 10 minutes, 5 tries, 10 minutes to live. */
export const MOST_SENDS = 5;
export const SEND_WINDOW_MS = 10 * MINUTE_MS;
export const MOST_ATTEMPTS = 5;
export const CODE_LIFETIME_MS = 10 * MINUTE_MS;

/** Why no code is sent, or none accepted. */
export interface PhoneCodeRefusal {
  refused: 'TOO_MANY_CODES' | 'TOO_MANY_ATTEMPTS' | 'CODE_INVALID';
  /** From when on a new code may be asked for; null: now. */
  retryAt: Date | null;
}

/** Decides whether one more code may be sent, and what is kept then. */
export function judgeSend(state: PhoneCodeState, now: Date): PhoneCodeState | PhoneCodeRefusal {
  const alive = now < state.expiresAt;
  // A new code does not bring new tries: else whoever asks for codes could try 25 of them in ten minutes.
  if (alive && state.attempts >= MOST_ATTEMPTS)
    return { refused: 'TOO_MANY_ATTEMPTS', retryAt: state.expiresAt };
  const counted = state.sentAt.filter((at) => at.getTime() > now.getTime() - SEND_WINDOW_MS);
  const oldest = counted.at(-MOST_SENDS);
  if (oldest) return { refused: 'TOO_MANY_CODES', retryAt: new Date(oldest.getTime() + SEND_WINDOW_MS) };
  return {
    attempts: alive ? state.attempts : 0,
    sentAt: [...counted, now],
    expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS),
  };
}

/** Decides whether a code is accepted. Wrong, expired, used and never sent answer alike. */
export function judgeCode(
  state: PhoneCodeState | undefined,
  matches: boolean,
  now: Date,
): { accepted: true } | PhoneCodeRefusal {
  if (!state || now >= state.expiresAt) return { refused: 'CODE_INVALID', retryAt: null };
  if (state.attempts >= MOST_ATTEMPTS) return { refused: 'TOO_MANY_ATTEMPTS', retryAt: state.expiresAt };
  return matches ? { accepted: true } : { refused: 'CODE_INVALID', retryAt: null };
}
