import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

/** Reasons for which test mode is not reset. Stable: programs rely on them. */
export const TEST_MODE_REASONS = {
  TOO_MANY_RESETS: {
    message: 'Test mode was reset too often. Reset it again at retryAt.',
    seenBy: 'The business, as the refusal of a reset.',
    means:
      'A business can begin anew 10 times in any 24 hours, since all that is left of each former sandbox is erased.',
    todo: 'Use other test numbers of the same ending: each area code has its own person behind it.',
    later: 'Yes, at `retryAt`.',
  },
} as const satisfies Record<string, DocumentedReason>;

export type TestModeReason = keyof typeof TEST_MODE_REASONS;

export const TEST_MODE: ReasonCatalogue = {
  title: 'Resets of test mode',
  about: 'Answered by `resetTestMode`.',
  reasons: TEST_MODE_REASONS,
};
