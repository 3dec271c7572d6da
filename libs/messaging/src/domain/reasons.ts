// Read by `npm run reasons` with Node’s own type stripping, so imports of values end in `.ts` (the compiler rewrites them).
import type { ReasonCatalogue } from '@assent/accounts';
import {
  AT_RETRY_AT,
  type GateReason,
  NOT_BY_WAITING,
  SENDER,
  SENDER_LATER,
  WAITING,
} from './reason-wording.ts';
import { SCHEDULE_REASONS } from './schedule-reasons.ts';
import { SWITCH_REASONS } from './switch-reasons.ts';
import { TEMPLATE_REASONS } from './template-reasons.ts';

/** Reasons for which a message is refused, deferred, or suppressed at dispatch. Stable: programs rely on them. */
export const REASONS = {
  IDEMPOTENCY_CONFLICT: {
    gate: 'REQUEST',
    message:
      'This idempotency key was used for another message in the last 7 days. Use a new key for a new message.',
    seenBy: SENDER,
    means:
      'The key belongs to a request of the last 7 days with another contact, purpose or text. Nothing was done, so that a programming mistake can not send one message in place of another.',
    todo: 'Use a key of its own for each message, and the same key only to repeat the same request.',
    later: `${NOT_BY_WAITING} The key is free again 7 days after it was first used.`,
  },
  BUSINESS_NOT_VERIFIED: {
    gate: 'BUSINESS',
    message: 'Only a verified business may send. Submit your verification and wait for its approval.',
    seenBy: SENDER_LATER,
    means: 'The operator has not approved a verification of this business.',
    todo: 'Submit a verification with `submitVerification` and wait until it is approved.',
    later: `${NOT_BY_WAITING} It passes once the business is verified.`,
  },
  BUSINESS_SUSPENDED: {
    gate: 'BUSINESS',
    message: 'This business is suspended and may not send.',
    seenBy: SENDER_LATER,
    means: 'The operator has suspended this business.',
    todo: 'Ask the operator of the platform.',
    later: `${NOT_BY_WAITING} It passes once the operator has lifted the suspension.`,
  },
  BUSINESS_RESTRICTED: {
    gate: 'BUSINESS',
    message:
      'This business is restricted: only AUTHENTICATION passes, and SERVICE to people who wrote in the last 24 hours; nothing, if it is closed.',
    seenBy: WAITING,
    means:
      'Too many people reported, blocked or stopped this business, or an admin restricted it. `restriction` says since when, why, ' +
      'on what evidence, and until when. See docs/restrictions.md.',
    todo: 'Read `restriction`; appeal with `appealRestriction` if it is wrong. What was accepted before waits until it ends.',
    later: 'Yes, at `retryAt`, when the restriction ends by itself. A closure has no end: `retryAt` is null.',
  },
  ...SWITCH_REASONS,
  TEST_CONTACT: {
    gate: 'MODE',
    message: 'This is a contact of your test mode. Only a key of test mode messages it.',
    seenBy: SENDER,
    means:
      'A member or a live key named a contact that was matched with a key of test mode. Nobody is behind it.',
    todo: 'Use the id that live mode has, or a test key.',
    later: NOT_BY_WAITING,
  },
  LIVE_CONTACT: {
    gate: 'MODE',
    message: 'This is a contact of your live mode. A key of test mode messages nobody real.',
    seenBy: SENDER,
    means: 'A test key named a contact that was matched in live mode: a real person.',
    todo: 'Match a test number with your test key, and use the contact that it becomes.',
    later: NOT_BY_WAITING,
  },
  CONTACT_UNKNOWN: {
    gate: 'CONTACT',
    message: 'This is not one of your contacts. Use an id from contacts.',
    seenBy: SENDER,
    means: 'The id is not a contact of this business: mistyped, made up, or of another business.',
    todo: 'Take ids from `contacts`; match your customers with `matchContacts` to get contacts.',
    later: NOT_BY_WAITING,
  },
  CONTACT_GONE: {
    gate: 'CONTACT',
    message: 'This contact is gone: they left, or their number has another owner. Remove it from your list.',
    seenBy: SENDER_LATER,
    means:
      'Nobody is behind this contact any more: the person was erased, or somebody else proved their number.',
    todo: 'Remove the contact from your list. If you have a number of that person, match it anew.',
    later: `${NOT_BY_WAITING} A contact that is gone never comes back.`,
  },
  CONTACT_BLOCKED: {
    gate: 'CONTACT',
    message: 'This person has blocked your business. Only they can undo it.',
    seenBy: SENDER_LATER,
    means: 'The person blocked this business. That outranks every allowance, and covers every purpose.',
    todo: 'Do not message them. Nothing that you, or the operator, can do takes a block back.',
    later: `${NOT_BY_WAITING} It passes once the person takes the block back.`,
  },
  BLOCKED_BY_YOU: {
    gate: 'CONTACT',
    message: 'You have blocked this contact. Take that back to message them.',
    seenBy: SENDER_LATER,
    means:
      'Somebody of the business blocked the contact: nothing goes either way. What was queued ended with it.',
    todo: 'Take the block back with `unblockContact`, if it was meant for somebody else.',
    later: `${NOT_BY_WAITING} It passes once the block is taken back.`,
  },
  CONSENT_STOPPED: {
    gate: 'CONSENT',
    message: 'This person has stopped such messages. Only they can undo it.',
    seenBy: SENDER_LATER,
    means:
      'The person stopped this purpose, this business, or everything. Messages that were queued when they did ended with it.',
    todo: 'Do not message them for this purpose. `contactConsentHistory` shows what they said to you.',
    later: `${NOT_BY_WAITING} It passes once the person takes the stop back.`,
  },
  CONSENT_MISSING: {
    gate: 'CONSENT',
    message: 'This purpose needs an opt-in, and this person has not given it.',
    seenBy: SENDER_LATER,
    means:
      'By the consent policy of the person’s country this purpose needs an opt-in. There is none, or it is older than the ' +
      'policy lets it count.',
    todo: 'Ask for it where the person uses your service, or import an opt-in that you hold with its evidence.',
    later: `${NOT_BY_WAITING} It passes once there is an opt-in that counts.`,
  },
  ...TEMPLATE_REASONS,
  SERVICE_WINDOW_CLOSED: {
    gate: 'SERVICE_WINDOW',
    message: 'This person has not written in the last 24 hours. Send a template instead.',
    seenBy: SENDER,
    means:
      'Free words are an answer: they are taken for 24 hours after the person last wrote. `Contact.serviceWindow` shows when ' +
      'that ends. What was taken in time is not ended by it.',
    todo: 'Send an approved template. When the person writes, the window opens again.',
    later: `${NOT_BY_WAITING} It passes once the person writes.`,
  },
  REPLY_UNKNOWN: {
    gate: 'CONTENT',
    message: 'What this is to answer is no message of this conversation that the person can see.',
    seenBy: SENDER,
    means:
      '`inReplyTo` is a message of another conversation, or one that is queued or ended before it was visible.',
    todo: 'Take its id from `messages(contact)`, or leave it out.',
    later: `${NOT_BY_WAITING} A queued message passes once it is visible.`,
  },
  MEDIA_UNKNOWN: {
    gate: 'CONTENT',
    message: 'What is to go with this is no file that you can send. Upload it, and complete the upload.',
    seenBy: SENDER,
    means:
      '`media` is none of yours, its upload was not completed, or it was removed some time after it was last sent.',
    todo: 'Upload it by `createMediaUpload`, and complete it by `completeMediaUpload`.',
    later: `${NOT_BY_WAITING} It passes once the upload is completed.`,
  },
  CONTENT_TOO_LONG: {
    gate: 'CONTENT',
    message: 'With these values the text has more than 4,096 characters. Shorten them.',
    seenBy: SENDER,
    means: 'The template, filled in with these values, makes a longer text than a person is to read.',
    todo: 'Give shorter values. `previewTemplate` shows the text.',
    later: `${NOT_BY_WAITING} It passes with shorter values.`,
  },
  VALIDITY_OUT_OF_RANGE: {
    gate: 'VALIDITY',
    message:
      'A message is worth showing for 30 s to 15 min (AUTHENTICATION), 30 s to 12 h (SERVICE), or 12 h to 30 days (MARKETING).',
    seenBy: SENDER,
    means: '`validForSeconds` is outside of what makes sense for the purpose of the message.',
    todo: 'Leave out `validForSeconds`, or name a time within the range.',
    later: NOT_BY_WAITING,
  },
  VALIDITY_ENDED: {
    gate: 'VALIDITY',
    message: 'The message was not visible before it was not worth showing any more.',
    seenBy: 'The business, as the reason of a message that ended `EXPIRED`.',
    means:
      'Its validity counts from when it was accepted, or from `sendAt`. It waited for longer: for a gate, or for dispatch.',
    todo: 'Send again what is still true. `deferredBecause` said what it waited for.',
    later: 'No. It was shown to nobody, and is not shown any more.',
  },
  QUEUE_FULL: {
    gate: 'QUEUE',
    message: 'Very much is queued already, and nothing more is taken before retryAt.',
    seenBy: SENDER,
    means:
      'In so many conversations of the business (2,000,000 by default), or of all businesses (20,000,000), something is queued, waits or is ' +
      'scheduled that it is counted as full. It is counted every few seconds.',
    todo: 'Send again at `retryAt`, under a new idempotency key. Take back what need not go any more.',
    later: 'Yes, at `retryAt`, if there is room by then. What is scheduled can be so from then on, too.',
  },
  QUIET_HOURS: {
    gate: 'QUIET_HOURS',
    message:
      'These are quiet hours of this person. Marketing waits until they end; refused: they never do, as far as is known.',
    seenBy: WAITING,
    means:
      'It is quiet for the person now: by the law of their country for this purpose, or, for marketing, by their own wish. It ' +
      'goes by their time zone; where that is not known, it is quiet while it is quiet anywhere in their country.',
    todo: 'Nothing: the message waits. Where it is refused, neither zone nor country is known; send only what is not marketing.',
    later:
      'Yes: a message that waits becomes visible when they end. A refusal is not lifted by waiting; a wait beyond the validity of the message is refused until `retryAt`.',
  },
  PAUSED: {
    gate: 'QUIET_HOURS',
    message: 'This person has paused messages. Only AUTHENTICATION passes before the end of the pause.',
    seenBy: WAITING,
    means:
      'The person paused everything but `AUTHENTICATION`: what they are waiting for themselves, such as a code.',
    todo: 'Nothing: the message waits until the pause ends, if it is still valid then.',
    later:
      'Yes: a message that waits becomes visible when the pause ends; a refused one can wait from `retryAt` on.',
  },
  MARKETING_CAP: {
    gate: 'MARKETING_CAP',
    message:
      'This person has seen as much marketing of all businesses as they may in 24 hours. More waits, if you let it; refused: send it again at retryAt, if there is one.',
    seenBy: WAITING,
    means:
      'Marketing counts when it becomes visible, for 24 hours, of all businesses together. The cap is the operator’s, or the ' +
      'person’s own lower one; with a cap of 0 they want none.',
    todo: 'Nothing: the message waits for the first place that comes free. Send less marketing, or to others.',
    later: 'Yes, when the oldest that counts is 24 hours old. Not where the person wants none.',
  },
  BUSINESS_MARKETING_CAP: {
    gate: 'MARKETING_CAP',
    message:
      'This person has seen as much of your marketing as they may in 7 days. More waits, if you let it; refused: send it again at retryAt.',
    seenBy: WAITING,
    means:
      'Marketing of one business counts when it becomes visible, for 7 days. The cap is the operator’s (3 by default), or the ' +
      'person’s own lower one. After 5 of your marketing messages in a row (by default) that they neither read nor answered ' +
      'it is 1, until they read one of your messages or write to you.',
    todo: 'Nothing: the message waits for the first place that comes free. Send what people read.',
    later:
      'Yes, when the oldest that counts is 7 days old, or when the person reads one. Not where the person wants none.',
  },
  INTERRUPTION_BUDGET: {
    gate: 'INTERRUPTIONS',
    message:
      'This person lets no more messages interrupt them in 24 hours, but for AUTHENTICATION. It waits, if you let it; refused: send it again at retryAt.',
    seenBy: WAITING,
    means:
      'The person has set how many messages of all businesses together may become visible to them in any 24 hours. ' +
      '`AUTHENTICATION` does not count and always passes.',
    todo: 'Nothing: the message waits for the first place that comes free.',
    later: 'Yes, when the oldest that counts is 24 hours old, or when the person raises what they set.',
  },
  PAIR_LIMIT: {
    gate: 'PAIR_LIMIT',
    message: 'Too many messages to this person in a short time. Send again at retryAt.',
    seenBy: SENDER,
    means:
      'Each message to a person costs an interval (6 s by default); a burst (45 by default) is lent, and paid back by waiting.',
    todo: 'Send the same message again at `retryAt`, under a new idempotency key.',
    later: AT_RETRY_AT,
  },
  REACH_TIER: {
    gate: 'REACH_TIER',
    message: 'Your reach tier is used up: no new person can be messaged before retryAt.',
    seenBy: SENDER,
    means:
      'The first message to a person takes one of the places of your tier for 24 hours; more to the same person take none.',
    todo: 'Message those whom you have begun to message today, or wait until the oldest place comes free.',
    later: AT_RETRY_AT,
  },
  THROUGHPUT: {
    gate: 'THROUGHPUT',
    message:
      'You send more messages in a second than your tier lets you. It waits for its slot; refused: send it again at retryAt.',
    seenBy:
      'The business: as `deferredBecause` of an accepted message that waits, or as the refusal of a message.',
    means:
      'Each message takes a slot (80 in a second by default, 1,000 at the top tier, and a second’s worth at once). With ' +
      '`whenLimited: DEFER` a message gets the first slot that is free, if it is at most 10 minutes ahead by default, and ' +
      'keeps it; with `REFUSE` only one that is free now.',
    todo: 'Nothing: a message that waits goes in its slot. Send a refused one again at `retryAt`, or send more evenly.',
    later:
      'Yes. A message that waits becomes visible in its slot. At `retryAt` a slot is free, or, with `DEFER`, near enough to wait for.',
  },
  SPAM_SCORE: {
    gate: 'SPAM_SCORE',
    message:
      'What you do looks like spam: until retryAt only AUTHENTICATION passes, and SERVICE to people who wrote in the last 24 hours.',
    seenBy: SENDER,
    means:
      'The spam score of the business is above the most that is allowed (20 of 100 by default). It is made of how people took ' +
      'its messages and of the links of its templates, never of what messages say; docs/spam-score.md has the formula.',
    todo: 'Look at whom you message: who did not answer, stopped, blocked or reported you. Take shorteners and look-alike domains out of templates. Send again at `retryAt`, under a new idempotency key.',
    later: 'Yes, at `retryAt`, when the score has faded, if nothing new speaks of spam until then.',
  },
  ...SCHEDULE_REASONS,
} as const satisfies Record<string, GateReason>;

export type Reason = keyof typeof REASONS;

export const SENDING: ReasonCatalogue = {
  title: 'Messages that a business sends',
  about:
    'Answered by `sendMessage` and `sendMessages`, and kept as the reason of a message that ended `SUPPRESSED` or `EXPIRED`. The gates are asked in this order, and the first that refuses explains why.',
  reasons: REASONS,
};
