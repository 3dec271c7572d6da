import type { DocumentedReason, ReasonCatalogue } from './documented-reason.js';

const STAFF = 'Whoever signs in at the identity provider of a business.';
const OWNER = 'An owner who connects an identity provider, or changes who signs in by it.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which nobody is signed in by an identity provider, or none is connected. Stable: programs rely on them. */
export const SINGLE_SIGN_ON_REASONS = {
  SINGLE_SIGN_ON_OFF: {
    message: 'This business has no single sign-on. Sign in by a code.',
    seenBy: STAFF,
    means:
      'The business has connected no identity provider, or there is no such business: both are answered alike.',
    todo: 'Use `requestSignInCode` and `signIn`.',
    later: `${NOT_BY_WAITING} It passes once an owner has connected one.`,
  },
  PROVIDER_UNAVAILABLE: {
    message: 'The identity provider does not answer as it should just now. Begin again at retryAt.',
    seenBy: STAFF,
    means:
      'It could not be reached at a public address within 10 seconds, or answered with something else than OpenID Connect asks for.',
    todo: 'Begin again with `beginSingleSignOn`. Owners can sign in by a code in any case.',
    later: 'Yes, at `retryAt`, where the provider answers then.',
  },
  SIGN_ON_INVALID: {
    message: 'This sign-in is not valid, or no longer. Begin again.',
    seenBy: STAFF,
    means:
      'It was begun more than 10 minutes ago or never, by another browser, was completed before, or what came back does not belong to it or is not genuine, or the provider refused: all are answered alike. The log names the check that failed.',
    todo: 'Begin again with `beginSingleSignOn`.',
    later: `${NOT_BY_WAITING} It passes with a sign-in that is begun anew.`,
  },
  SIGN_ON_NOT_ALLOWED: {
    message: 'You are not let into this business. Ask one of its owners.',
    seenBy: STAFF,
    means:
      'The provider says who it is, and its rules do not let them in: no verified e-mail address, one at another domain, without the claim that is asked for, or no member of this business, and nobody is made one. A member who is bound to another account of the provider is not let in by a second one either.',
    todo: 'Ask an owner; they see the rules with `singleSignOn`.',
    later: `${NOT_BY_WAITING} It passes once the provider says what is asked for.`,
  },
  SINGLE_SIGN_ON_REQUIRED: {
    message: 'This business asks for single sign-on. Begin with beginSingleSignOn.',
    seenBy: 'A member who signs in by a code, and is no owner.',
    means: 'An owner has set that members sign in at the identity provider only.',
    todo: 'Use `beginSingleSignOn`.',
    later: `${NOT_BY_WAITING} It passes once single sign-on is no longer required.`,
  },
  SIGN_IN_AGAIN: {
    message: 'This needs a session that was opened in the last 15 minutes. Sign in again, and ask again.',
    seenBy: OWNER,
    means: 'Who gets hold of an older session is not to change how everybody signs in.',
    todo: 'Sign in again, and send the same request in the new session.',
    later: `${NOT_BY_WAITING} It passes in a session that is new.`,
  },
  PROVIDER_NOT_USABLE: {
    message: 'The identity provider does not answer as OpenID Connect asks for. Check the issuer.',
    seenBy: OWNER,
    means:
      'Its metadata is asked for before it is connected. The message says whether there is no public address, no answer, or one that is not as OpenID Connect Discovery 1.0 has it.',
    todo: 'Check that `<issuer>/.well-known/openid-configuration` can be read from outside, and names this very issuer.',
    later: `${NOT_BY_WAITING} It passes once the provider answers.`,
  },
  DOMAIN_NOT_OWN: {
    message:
      'New members need e-mail domains of which the business has proved the website. Name those, or no default role.',
    seenBy: OWNER,
    means:
      'Whoever the provider vouches for becomes a member by `defaultRole`. So that nobody takes the addresses of others, that is for domains only whose website the business has proved, when it was verified.',
    todo: 'Set `emailDomains` to the domain of the verified website, or leave `defaultRole` out.',
    later: `${NOT_BY_WAITING} It passes once a verification with that website was approved.`,
  },
} as const satisfies Record<string, DocumentedReason>;

export const SINGLE_SIGN_ON: ReasonCatalogue = {
  title: 'Single sign-on of staff',
  about:
    'Answered by `connectSingleSignOn`, `disconnectSingleSignOn`, `unlinkMember`, `beginSingleSignOn` and `completeSingleSignOn`; `SINGLE_SIGN_ON_REQUIRED` by `signIn`.',
  reasons: SINGLE_SIGN_ON_REASONS,
};
