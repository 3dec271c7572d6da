import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType, type GraphQLInputType, isInputObjectType } from 'graphql';

/** Mutations without a key, and why the same request once more does nothing more. */
const WITHOUT_KEY = {
  business: {
    assignConversation: 'sets what it names',
    beginSingleSignOn:
      'nobody is signed in, and strangers share no key; what nobody completes is over in minutes',
    blockContact: 'sets what it names',
    cancelConsentImport: 'ends what it names',
    cancelMessage: 'ends what it names',
    cancelMessages: 'ends what it names',
    closeConversation: 'sets what it names',
    completeMediaUpload: 'an upload is completed once',
    completeSingleSignOn: 'a sign-in is completed once',
    connectSingleSignOn: 'sets what it names',
    deleteConversationNote: 'removes what it names',
    deleteTemplate: 'removes what it names',
    deleteWebhookEndpoint: 'removes what it names',
    disconnectSingleSignOn: 'ends what it names',
    editTemplate: 'the content that is there already changes nothing',
    importConsents: 'an item that stands already is answered as unchanged, and written no second time',
    markConversationRead: 'sets what it names',
    markMessagesRead: 'sets what it names',
    matchContacts: 'a number is one contact, and is paid for once in its period',
    reactToMessage: 'one reaction of each side',
    registerBusiness: 'nobody is signed in, and strangers share no key; an address makes one account',
    reopenConversation: 'sets what it names',
    requestSignInCode: 'nobody is signed in; the number of codes is limited',
    resolveStopReview: 'decides what it names, once',
    revokeApiKey: 'ends what it names',
    signIn: 'a code is good once',
    signOut: 'ends what it names',
    submitTemplate: 'a version is submitted once',
    submitVerification: 'there is one case at a time',
    unblockContact: 'sets what it names',
    unlinkMember: 'ends what it names',
    updateWebhookEndpoint: 'sets what it names',
  },
  person: {
    acknowledge: 'a status never goes back',
    allow: 'sets what it names',
    answerStopQuestion: 'answers what it names, once',
    block: 'sets what it names',
    completeMediaUpload: 'an upload is completed once',
    eraseMe: 'there is nobody left to ask again',
    exportMyData: 'there is one copy under way at a time',
    markNoticesRead: 'sets what it names',
    reactToMessage: 'one reaction of each side',
    registerDevice: 'the same public key is the same device',
    removeDevice: 'removes what it names',
    reportMessage: 'a message is reported once',
    requestPhoneCode: 'nobody is signed in; the number of codes is limited',
    setPreferences: 'sets what it names',
    signInByOperatorToken: 'a token is good once',
    signOut: 'ends what it names',
    stop: 'sets what it names',
    stopAll: 'sets what it names',
    unblock: 'sets what it names',
    verifyPhone: 'a code is good once',
  },
  admin: {
    approveProposal: 'decides what it names, once',
    approveTemplate: 'decides what it names, once',
    approveVerification: 'decides what it names, once',
    claimReport: 'sets what it names',
    decideReport: 'decides what it names, once',
    decideRestrictionAppeal: 'decides what it names, once',
    decideTemplateAppeal: 'decides what it names, once',
    endLimitOverride: 'ends what it names',
    endOtherSessions: 'ends what it names',
    enrolSecondFactor: 'begins anew what was not confirmed',
    giveSecondFactor: 'a code is good once',
    liftKillSwitch: 'ends what it names',
    liftRestriction: 'ends what it names',
    rejectProposal: 'decides what it names, once',
    rejectTemplate: 'decides what it names, once',
    rejectVerification: 'decides what it names, once',
    removeAdmin: 'ends what it names',
    requestAdminSignInCode: 'nobody is signed in; the number of codes is limited',
    resolveConsentAlarm: 'decides what it names, once',
    resolveStopReview: 'decides what it names, once',
    retryParked: 'lets what is parked go on; what goes on already is not parked',
    setAdminRole: 'sets what it names',
    setReachTier: 'sets what it names',
    signInAdmin: 'a code is good once',
    signOut: 'ends what it names',
  },
} as const;

const takesKey = (type: GraphQLInputType, name = ''): boolean => {
  if (name === 'idempotencyKey') return true;
  const named = getNamedType(type);
  return (
    isInputObjectType(named) &&
    Object.values(named.getFields()).some((field) => takesKey(field.type, field.name))
  );
};

describe('every mutation', () => {
  it.each(['business', 'person', 'admin'] as const)(
    'takes an idempotency key, or does nothing more when it comes again: %s',
    (audience) => {
      const fields = buildSchema(readFileSync(`schema/${audience}.graphql`, 'utf8'))
        .getMutationType()
        ?.getFields();
      const without = Object.values(fields ?? {})
        .filter(({ args }) => !args.some(({ type, name }) => takesKey(type, name)))
        .map(({ name }) => name);
      expect(without).toEqual(Object.keys(WITHOUT_KEY[audience]));
    },
  );
});
