import type { DocumentedReason, ReasonCatalogue } from '@assent/accounts';

const PERSON = 'Whoever proves a number.';
const NOT_BY_WAITING = 'No: `retryAt` is null, because waiting does not help.';

/** Reasons for which a number is not proved, or a device not taken. Stable: programs rely on them. */
export const PHONE_REASONS = {
  TOO_MANY_CODES: {
    message: 'Too many codes were sent to this number. Ask again at retryAt.',
    seenBy: PERSON,
    means: 'A number is sent at most so many codes in a time, whoever asks for them.',
    todo: 'Enter the newest code.',
    later: 'Yes, at `retryAt`.',
  },
  TOO_MANY_ATTEMPTS: {
    message: 'Too many wrong codes were entered. Ask for a new one at retryAt.',
    seenBy: PERSON,
    means: 'After so many wrong codes none is taken for the number any more, so that nobody guesses one.',
    todo: 'Wait, and then ask for a new code.',
    later: 'Yes, at `retryAt`, with a new code.',
  },
  CODE_INVALID: {
    message: 'This code is not valid. Check it, or ask for a new one.',
    seenBy: PERSON,
    means: 'A code that is wrong, over, used before or was never sent: all are answered alike.',
    todo: 'Enter the newest code, or ask for another one with `requestPhoneCode`.',
    later: `${NOT_BY_WAITING} It passes with the right code.`,
  },
  TOO_MANY_DEVICES: {
    message: 'You have 10 devices already. Remove one that you no longer use.',
    seenBy: 'The person, when they register a device.',
    means: 'Each device can read everything that is sent to the person, so there are few of them.',
    todo: 'Remove a device with `removeDevice`.',
    later: `${NOT_BY_WAITING} It passes once a device was removed.`,
  },
} as const satisfies Record<string, DocumentedReason>;

export const PHONES: ReasonCatalogue = {
  title: 'Numbers and devices of people',
  about: 'Answered by `requestPhoneCode`, `verifyPhone` and `registerDevice`.',
  reasons: PHONE_REASONS,
};
