import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const ADMIN = 'An admin.';
const EITHER = 'An admin, or the business that appeals.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which a limit or a restriction stays as it is. Stable: programs rely on them. */
export const LIMIT_REASONS = {
  BUSINESS_NOT_FOUND: {
    message: 'There is no business with that id.',
    seenBy: ADMIN,
    means: 'The id is no business.',
    todo: 'Take ids from `businesses`.',
    later: NOT_BY_WAITING,
  },
  OVERRIDE_NOT_FOUND: {
    message: 'There is no override with that id.',
    seenBy: ADMIN,
    means: 'The id is no limit that was set for a business.',
    todo: 'Take ids from `limitOverrides`.',
    later: NOT_BY_WAITING,
  },
  ALREADY_ENDED: {
    message: 'This override has ended before.',
    seenBy: ADMIN,
    means: 'Its time was over, or somebody ended it or set another one in its place.',
    todo: 'Read `limitOverrides`.',
    later: NOT_BY_WAITING,
  },
  SAME_TIER: {
    message: 'This business has that reach tier already.',
    seenBy: ADMIN,
    means: 'Nothing would change, and the history keeps changes only.',
    todo: 'Nothing.',
    later: NOT_BY_WAITING,
  },
  RESTRICTION_NOT_FOUND: {
    message: 'There is no restriction with that id.',
    seenBy: EITHER,
    means: 'The id is no restriction, or one of another business.',
    todo: 'Take ids from `restrictions`.',
    later: NOT_BY_WAITING,
  },
  RESTRICTION_OVER: {
    message: 'This restriction has ended.',
    seenBy: ADMIN,
    means: 'It ended by itself, or somebody lifted it or imposed another one.',
    todo: 'Read `restrictions`.',
    later: NOT_BY_WAITING,
  },
  APPEAL_TOO_LATE: {
    message: 'This restriction ended more than 30 days ago.',
    seenBy: 'The business that appeals.',
    means: 'An appeal against what is long over helps nobody.',
    todo: 'Nothing.',
    later: NOT_BY_WAITING,
  },
  ALREADY_APPEALED: {
    message: 'An appeal against this restriction was made before.',
    seenBy: 'The business that appeals.',
    means: 'An appeal is made once, and decided once.',
    todo: 'Wait for the decision; `appeal` of the restriction shows it.',
    later: NOT_BY_WAITING,
  },
  NO_OPEN_APPEAL: {
    message: 'Nobody appealed, or the appeal was decided before.',
    seenBy: ADMIN,
    means: 'There is no appeal to decide.',
    todo: 'Take restrictions from `restrictionAppeals`.',
    later: `${NOT_BY_WAITING} It passes once there is an appeal.`,
  },
} as const satisfies Record<string, DocumentedReason>;

export type LimitReason = keyof typeof LIMIT_REASONS;

export const LIMITS: ReasonCatalogue = {
  title: 'Limits, reach tiers and restrictions',
  about:
    'Answered by `setLimitOverride`, `endLimitOverride`, `setReachTier`, `imposeRestriction`, `liftRestriction`, `decideRestrictionAppeal` and `appealRestriction`.',
  reasons: LIMIT_REASONS,
};
