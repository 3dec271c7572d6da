import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const APP = "Whoever signs in by a token of the operator's own accounts.";
const NEW_TOKEN = 'Have the operator’s server sign a new token, and send that.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which nobody is signed in by a token of the operator. Stable: programs rely on them. */
export const OPERATOR_TOKEN_REASONS = {
  OPERATOR_TOKENS_OFF: {
    message: 'This platform takes no tokens of its operator. Prove your number by a code.',
    seenBy: APP,
    means: 'The operator has not set PERSON_TOKEN_ISSUER.',
    todo: 'Use `requestPhoneCode` and `verifyPhone`.',
    later: NOT_BY_WAITING,
  },
  TOKEN_INVALID: {
    message: 'This token is not valid here. Ask for a new one.',
    seenBy: APP,
    means:
      'It is no signed token, or not signed with a key of the operator by an algorithm that is taken, or it is of another issuer, for another audience, not good yet, or has no `jti`: all are answered alike. At LOG_LEVEL=debug the platform logs which check failed.',
    todo: NEW_TOKEN,
    later: `${NOT_BY_WAITING} It passes with a token that is good.`,
  },
  TOKEN_EXPIRED: {
    message: 'This token is over. Ask for a new one.',
    seenBy: APP,
    means: 'Its `exp` has passed, or its `iat` is longer ago than PERSON_TOKEN_MAX_AGE_SECONDS.',
    todo: NEW_TOKEN,
    later: `${NOT_BY_WAITING} It passes with a new token.`,
  },
  TOKEN_USED: {
    message: 'This token was used before. Ask for a new one.',
    seenBy: APP,
    means:
      'A token with this `jti` has signed somebody in: each does so once, so that one that was read on its way is worth nothing.',
    todo: NEW_TOKEN,
    later: `${NOT_BY_WAITING} It passes with a new token.`,
  },
  NUMBER_NOT_VERIFIED: {
    message:
      'This token names no verified phone number. Verify the number of your account first, or prove it by a code.',
    seenBy: APP,
    means:
      'It has no `phone_number` in international form that can exist, or its `phone_number_verified` is not `true`.',
    todo: 'Verify the number with the operator’s account, or use `requestPhoneCode` and `verifyPhone`.',
    later: `${NOT_BY_WAITING} It passes with a token that names one.`,
  },
  OPERATOR_KEYS_UNAVAILABLE: {
    message:
      'The keys that this token is checked with can not be had just now. Send the same token again at retryAt.',
    seenBy: APP,
    means:
      'What PERSON_TOKEN_JWKS_URL names does not answer, or answers with something else. The token was not used.',
    todo: 'Send the same token again, or prove the number by a code.',
    later: 'Yes, at `retryAt`.',
  },
} as const satisfies Record<string, DocumentedReason>;

export type OperatorTokenReason = keyof typeof OPERATOR_TOKEN_REASONS;

export const OPERATOR_TOKENS: ReasonCatalogue = {
  title: 'Tokens of the operator',
  about: 'Answered by `signInByOperatorToken`.',
  reasons: OPERATOR_TOKEN_REASONS,
};
