import { describe, expect, it } from '@jest/globals';
import type { OneTimeCodeState } from './one-time-code.js';
import { judgeSignIn, judgeSignInSend } from './sign-in-code.js';

const at = (minutes: number) => new Date(1_800_000_000_000 + minutes * 60_000);
const state = (changes: Partial<OneTimeCodeState> = {}): OneTimeCodeState => ({
  attempts: 0,
  sentAt: [at(0)],
  expiresAt: at(10),
  ...changes,
});

describe('sending a sign-in code', () => {
  it('starts ten minutes of life', () => {
    expect(judgeSignInSend(state(), at(3))).toEqual({
      attempts: 0,
      sentAt: [at(0), at(3)],
      expiresAt: at(13),
    });
  });

  it('is refused after five in ten minutes, until the first of them is ten minutes old', () => {
    const sentAt = [at(0), at(1), at(2), at(3), at(4)];
    const full = state({ sentAt, expiresAt: at(14) });
    expect(judgeSignInSend(full, at(9.9))).toMatchObject({ reason: 'TOO_MANY_CODES', retryAt: at(10) });
    expect(judgeSignInSend(full, at(10))).toMatchObject({ expiresAt: at(20) });
  });

  it('brings no new attempts while a code is alive', () => {
    expect(judgeSignInSend(state({ attempts: 3 }), at(1))).toMatchObject({ attempts: 3 });
    expect(judgeSignInSend(state({ attempts: 5 }), at(1))).toMatchObject({
      reason: 'TOO_MANY_ATTEMPTS',
      retryAt: at(10),
    });
  });

  it('starts afresh once no code is alive', () => {
    expect(judgeSignInSend(state({ attempts: 5 }), at(10))).toMatchObject({ attempts: 0 });
  });
});

describe('a sign-in code', () => {
  it('is accepted while it lives', () => {
    expect(judgeSignIn(state({ attempts: 4 }), true, at(9.99))).toBe('ACCEPTED');
  });

  it('answers alike when wrong, expired or never sent', () => {
    const wrong = judgeSignIn(state(), false, at(1));
    expect(wrong).toMatchObject({ reason: 'CODE_INVALID', retryAt: null });
    expect(judgeSignIn(state(), true, at(10))).toEqual(wrong);
    expect(judgeSignIn(undefined, false, at(1))).toEqual(wrong);
  });

  it('is not accepted after five wrong ones, even when right', () => {
    expect(judgeSignIn(state({ attempts: 5 }), true, at(1))).toMatchObject({
      reason: 'TOO_MANY_ATTEMPTS',
      retryAt: at(10),
    });
  });
});
