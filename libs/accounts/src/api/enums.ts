import { registerEnumType } from '@nestjs/graphql';
import { ApiMode } from '../domain/api-mode.js';
import { BusinessCategory, ReachTier } from '../domain/business.js';
import { BusinessStatus } from '../domain/business-states.js';
import { AdminRole } from '../domain/permissions.js';
import { DomainEvidence, VerificationStatus } from '../domain/verification.js';

registerEnumType(AdminRole, {
  name: 'AdminRole',
  description: 'What one of the operator’s staff is for; docs/permissions.md has what each may do.',
  valuesMap: {
    OWNER: { description: 'All of it, also who the admins are.' },
    REVIEWER: { description: 'Verifications, templates, reports, free-text stops, appeals, restrictions.' },
    POLICY: { description: 'The consent policy, and limits of businesses.' },
    SUPPORT: { description: 'Reads about businesses, and changes nothing.' },
    AUDITOR: { description: 'Reads the audit log, and changes nothing.' },
  },
});
registerEnumType(ApiMode, {
  name: 'ApiMode',
  description: 'Whom a key is for. What is made in one mode is neither seen nor used in the other.',
  valuesMap: {
    LIVE: { description: 'Real people. Its secrets begin with `ak_live_`.' },
    TEST: {
      description:
        'Test numbers, each of which always does the same: docs/test-mode.md lists them. Nobody is messaged, and no verification is needed. Its secrets begin with `ak_test_`.',
    },
  },
});
registerEnumType(BusinessCategory, {
  name: 'BusinessCategory',
  description: 'What a business does, as people look for it.',
});
registerEnumType(BusinessStatus, {
  name: 'BusinessStatus',
  description: 'How far the operator trusts a business.',
  valuesMap: {
    UNVERIFIED: { description: 'Registered, or rejected: may ask to be verified.' },
    PENDING: { description: "Waits for the operator's decision." },
    VERIFIED: { description: 'May message people.' },
    SUSPENDED: { description: 'Stopped by the operator.' },
  },
});
registerEnumType(ReachTier, {
  name: 'ReachTier',
  description:
    'How many different people a business may start to message in any 24 hours. The operator can set other numbers than the ones in the names.',
});
registerEnumType(VerificationStatus, {
  name: 'VerificationStatus',
  description: 'What became of a request to be verified.',
});
registerEnumType(DomainEvidence, {
  name: 'DomainEvidence',
  description: 'How a business shows that it controls the domain of its website.',
  valuesMap: {
    WELL_KNOWN_FILE: {
      description: "A file on the website, as `domainChallenge`'s `filePath` and `fileContent` say.",
    },
    DNS_TXT: { description: "A TXT record, as `domainChallenge`'s `dnsName` and `dnsValue` say." },
  },
});

export {
  AdminRole,
  ApiMode,
  BusinessCategory,
  BusinessStatus,
  DomainEvidence,
  ReachTier,
  VerificationStatus,
};
