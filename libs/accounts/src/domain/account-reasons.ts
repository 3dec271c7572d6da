import type { DocumentedReason, ReasonCatalogue } from './documented-reason.js';

const MEMBER = 'Whoever signs in, or registers a business.';
const STAFF = 'The business, when it asks to be verified.';
const ADMIN = 'An admin who decides on a verification.';
const SELF = 'An admin, about their own second factor.';
const OWNER = 'The business, when it makes or revokes an API key.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which something is not done about an account. Stable: programs rely on them. */
export const ACCOUNT_REASONS = {
  TOO_MANY_CODES: {
    message:
      'This address was sent as many codes as it may be in 10 minutes. Use the newest, or ask again later.',
    seenBy: MEMBER,
    means:
      'An address is sent at most so many codes in any 10 minutes, whoever asks for them, so that nobody’s mailbox is filled.',
    todo: 'Use the newest code that came.',
    later: 'Yes, at `retryAt`.',
  },
  CODE_INVALID: {
    message: 'The code is wrong or has expired. Check it, or ask for a new one.',
    seenBy: 'Whoever signs in, and an admin who gives a second factor.',
    means:
      'A code that is wrong, over, used before or was never sent: all are answered alike. A code of an authenticator app is good once, too.',
    todo: 'Enter the newest code, or ask for another one with `requestSignInCode` or `requestAdminSignInCode`; of an app, the next that it shows.',
    later: `${NOT_BY_WAITING} It passes with the right code.`,
  },
  TOO_MANY_ATTEMPTS: {
    message: 'Too many wrong codes were entered for this address. Ask for a new code later.',
    seenBy: 'Whoever signs in, and an admin who gives a second factor.',
    means:
      'After so many wrong codes none is taken for the address, or from the admin, any more, so that nobody guesses one.',
    todo: 'Wait, and then ask for a new code, or enter the one that the app shows.',
    later: 'Yes, at `retryAt`, with a new code.',
  },
  NOT_ALLOWED_IN_STATE: {
    message: 'The state that the business is in does not allow it.',
    seenBy: 'The business, when it asks to be verified, or an admin who decides on that.',
    means:
      'Only an UNVERIFIED business asks to be verified, and only a step that its state allows is decided. The message names the state.',
    todo: 'Read `status`: a PENDING business waits, a SUSPENDED one asks the operator.',
    later: `${NOT_BY_WAITING} It passes in a state that allows it.`,
  },
  DOMAIN_NOT_PROVEN: {
    message: 'The evidence was not found on the domain. Publish it and submit again.',
    seenBy: STAFF,
    means:
      'Neither DNS nor the website says what `domainChallenge` asks for. The message tells what was looked for, and what was found.',
    todo: 'Publish what `domainChallenge` gives, wait until the world sees it, and submit again.',
    later: `${NOT_BY_WAITING} It passes once the evidence is there.`,
  },
  TOO_MANY_CHECKS: {
    message: 'Too many checks of a domain were made in the last 10 minutes. Submit again later.',
    seenBy: STAFF,
    means: 'Each submission looks at a domain of the world outside; how often is bounded.',
    todo: 'Make sure that the evidence is there before you submit again.',
    later: 'Yes, at `retryAt`.',
  },
  ALREADY_DECIDED: {
    message: 'This request was decided before.',
    seenBy: ADMIN,
    means: 'Somebody else has approved or rejected it. The message says which.',
    todo: 'Read the request again.',
    later: NOT_BY_WAITING,
  },
  VERIFICATION_NOT_FOUND: {
    message: 'There is no request with that id.',
    seenBy: ADMIN,
    means: 'The id is no request for verification.',
    todo: 'Take ids from `verificationQueue`.',
    later: NOT_BY_WAITING,
  },
  TOO_MANY_KEYS: {
    message: 'A business has at most so many live keys. Revoke one first.',
    seenBy: OWNER,
    means: 'Keys that nobody uses any more are doors that nobody watches.',
    todo: 'Revoke a key with `revokeApiKey`, or wait until one expires.',
    later:
      'At `retryAt`, when the first of them expires; null where none does. It passes once a key is revoked.',
  },
  KEY_NOT_FOUND: {
    message: 'This business has no API key with that id.',
    seenBy: OWNER,
    means: 'The id is no key of this business.',
    todo: 'Take ids from `apiKeys`.',
    later: NOT_BY_WAITING,
  },
  SECOND_FACTOR_ENROLLED: {
    message: 'You have a second factor already. Who lost it asks the operator at the server to reset it.',
    seenBy: SELF,
    means: 'Whoever has only a token can not put another app in place of the one that is enrolled.',
    todo: 'Use a recovery code, or have it reset: docs/second-factor.md says how.',
    later: NOT_BY_WAITING,
  },
  SECOND_FACTOR_NOT_BEGUN: {
    message: 'You have no second factor yet. Ask enrolSecondFactor for one, and give its first code.',
    seenBy: SELF,
    means: 'There is no app whose code it could be.',
    todo: 'Ask `enrolSecondFactor`, and give the first code that the app shows.',
    later: NOT_BY_WAITING,
  },
} as const satisfies Record<string, DocumentedReason>;

export const ACCOUNTS: ReasonCatalogue = {
  title: 'Accounts, sign-in, verification and API keys',
  about:
    'Answered by `registerBusiness`, `requestSignInCode`, `signIn`, `submitVerification`, `approveVerification`, `rejectVerification`, `createApiKey`, `revokeApiKey`, `enrolSecondFactor`, `giveSecondFactor`, `requestAdminSignInCode` and `signInAdmin`.',
  reasons: ACCOUNT_REASONS,
};
