import type { MessagePurpose } from './message.js';

/** How long messages are worth showing by default, in milliseconds, by purpose. */
export type Validity = Readonly<Record<MessagePurpose, number>>;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The shortest and the longest validity that a message of each purpose can ask for: those of the WhatsApp Business Platform
 * (https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/time-to-live).
 */
export const VALIDITY_RANGES: Readonly<Record<MessagePurpose, { shortest: number; longest: number }>> = {
  AUTHENTICATION: { shortest: 30 * SECOND, longest: 15 * MINUTE },
  SERVICE: { shortest: 30 * SECOND, longest: 12 * HOUR },
  MARKETING: { shortest: 12 * HOUR, longest: 30 * DAY },
};

/** How much of its validity a message must have left at the end of its wait, or it is not taken at all. */
const WORTH_SHOWING = 15 * SECOND;
/** A message that could become visible only later than this from now is not taken at all, however long it is valid. */
export const LONGEST_WAIT_MS = 30 * DAY;

/** How long a message that is worth showing for so long may have to wait so that it is taken, in milliseconds. */
export function longestWaitOf(validityMs: number): number {
  return Math.min(LONGEST_WAIT_MS, validityMs - WORTH_SHOWING);
}

/** What a message says of its own time. */
interface Timed {
  validForMs?: number | null;
  purpose: MessagePurpose | null;
  sendAt?: Date | null;
}

/** How long a message is worth showing: what its sender asked for, or what is configured for its purpose. */
export function validityOf({ validForMs, purpose }: Timed, validity: Validity): number {
  return validForMs ?? (purpose ? validity[purpose] : 0);
}

/** From when on a message that is accepted now does not become visible any more: what is scheduled is valid from its time. */
export function expiryOf(draft: Timed, { now, validity }: { now: Date; validity: Validity }): Date {
  return new Date((draft.sendAt ?? now).getTime() + validityOf(draft, validity));
}
