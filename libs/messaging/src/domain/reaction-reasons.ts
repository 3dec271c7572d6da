import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const EITHER = 'Who reacts: the person, or staff and API keys of the business.';

/** Reasons for which a reaction is not taken, beside those of sending. Stable: programs rely on them. */
export const REACTION_REASONS = {
  MESSAGE_UNKNOWN: {
    message: 'There is no such message in a conversation of yours that both sides can see.',
    seenBy: EITHER,
    means:
      'The id is no message of who asks, or one that is not visible to the person: queued, or ended before it was.',
    todo: 'Take ids from the conversation.',
    later: 'Not by waiting: `retryAt` is null. A queued message passes once it is visible.',
  },
  BLOCKED_BY_BUSINESS: {
    message: 'This business takes nothing from you, and can send you nothing.',
    seenBy: 'The person who reacts.',
    means: 'The business has blocked the person. Taking a reaction back is let through.',
    todo: 'Reach the business in another way, if you need to.',
    later: 'Not by waiting: `retryAt` is null. It passes once the business takes the block back.',
  },
} as const satisfies Record<string, DocumentedReason>;

export type ReactionReason = keyof typeof REACTION_REASONS;

export const REACTIONS: ReasonCatalogue = {
  title: 'Reactions to messages',
  about:
    'Answered by `reactToMessage`, to either side. A business may react where it may answer in its own words: it also gets ' +
    'the reasons of sending `BUSINESS_NOT_VERIFIED`, `BUSINESS_SUSPENDED`, `BUSINESS_RESTRICTED`, `CONTACT_BLOCKED`, ' +
    '`BLOCKED_BY_YOU`, `CONSENT_STOPPED`, `CONSENT_MISSING`, `SERVICE_WINDOW_CLOSED`, `QUIET_HOURS` and `PAUSED`.',
  reasons: REACTION_REASONS,
};
