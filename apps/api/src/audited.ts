import type { AuditRules } from '@assent/ledger';

/** What the audit log keeps of each audience's operations, besides every mutation: the only place where it is said. */
export const AUDITED: Readonly<Record<'admin' | 'business', AuditRules>> = {
  admin: {
    unlogged: {
      requestAdminSignInCode: 'nobody is signed in, and whoever knows an address may ask',
      signInAdmin: 'nobody is signed in before; it records itself where it opens a session',
    },
    apart: [],
    disclosing: ['reports', 'stopReviews'],
  },
  business: {
    unlogged: {
      beginSingleSignOn: 'nobody is signed in, and whoever knows a business may ask',
      completeSingleSignOn: 'nobody is signed in before; it records itself where it opens a session',
      registerBusiness: 'nobody is signed in; it records itself, in the chain of the business that it makes',
      requestSignInCode: 'nobody is signed in, and whoever knows an address may ask',
      sendMessage: 'a message is a row of its own, and the hot path',
      sendMessages: 'a message is a row of its own, and the hot path',
      signIn: 'nobody is signed in before; it records itself where it opens a session',
    },
    // Transactions must not stay open while a website, an object store or an identity provider is asked.
    apart: ['completeMediaUpload', 'connectSingleSignOn', 'submitVerification'],
    disclosing: [],
  },
};
