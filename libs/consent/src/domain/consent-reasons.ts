import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const ADMIN = 'An admin.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which a receipt is not given, a policy not published or an alarm not resolved. Stable: programs rely on them. */
export const CONSENT_REASONS = {
  RECEIPT_NOT_READY: {
    message: 'Your change counts, but the log has not been signed with it yet. Ask again in a moment.',
    seenBy: 'The person, or a business, who asks for the receipt of an event.',
    means:
      'A receipt proves an event against a signed checkpoint of the log, and the next checkpoint is about to be signed. What was said counts from its commit on.',
    todo: 'Ask again in a moment.',
    later: 'Yes, in a moment: `retryAt` says when to look.',
  },
  POLICY_CHANGED: {
    message: 'Another version was published meanwhile: read it, and publish again on top of it.',
    seenBy: ADMIN,
    means:
      '`replaces` names a version that is not the newest, so somebody else’s change would be undone unseen. The message names the newest.',
    todo: 'Read `consentPolicies`, and publish with `replaces` of the newest.',
    later: `${NOT_BY_WAITING} It passes with the newest version in \`replaces\`.`,
  },
  ALARM_NOT_FOUND: {
    message: 'There is no alarm with that id.',
    seenBy: ADMIN,
    means: 'The id is no alarm of the double check.',
    todo: 'Take ids from `consentAlarms`.',
    later: NOT_BY_WAITING,
  },
  ALREADY_RESOLVED: {
    message: 'This alarm was resolved before.',
    seenBy: ADMIN,
    means: 'Somebody has resolved it.',
    todo: 'Read the alarm again.',
    later: NOT_BY_WAITING,
  },
} as const satisfies Record<string, DocumentedReason>;

export const CONSENT: ReasonCatalogue = {
  title: 'Receipts, the consent policy and the double check',
  about:
    'Answered by `consentReceipt`, `publishConsentPolicy` and `resolveConsentAlarm`; `RECEIPT_NOT_READY` also by `contactConsentReceipt`.',
  reasons: CONSENT_REASONS,
};
