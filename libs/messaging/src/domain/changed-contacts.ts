import { MessagePurpose } from './message.js';

/** Purposes, the most urgent first. */
const URGENCIES = Object.keys(MessagePurpose);

/** A message that was accepted, as far as its conversation's place in the queue hangs on it. */
interface AcceptedMessage<Contact> {
  contact: Contact;
  takesPlace: boolean;
  seq: number;
  /** Its slot, where that is later than now. */
  notBefore: Date | null;
  /** What it is scheduled for. */
  sendAt: Date | null;
  purpose: MessagePurpose;
}

/** What a batch leaves of a contact, and what of it waits in their conversation. */
export interface ChangedContact<Contact> {
  contact: Contact;
  /** Whether one of its messages takes a place of reach. */
  takesPlace: boolean;
  nextSeq: number;
  /** When the first of them is. */
  dueAt: Date;
  /** The most urgent purpose of what is not scheduled, or of all where all of it is. */
  priority: MessagePurpose;
}

/** Adds up what the messages of a batch, accepted at a time, are to each of its contacts; in the order of first messages. */
export function changedContacts<Contact>(
  at: Date,
  messages: readonly AcceptedMessage<Contact>[],
): ChangedContact<Contact>[] {
  const changed = new Map<Contact, ChangedContact<Contact> & { scheduled: boolean }>();
  for (const { contact, takesPlace, seq, notBefore, sendAt, purpose } of messages) {
    const dueAt = notBefore ?? sendAt ?? at;
    const scheduled = sendAt !== null;
    const before = changed.get(contact);
    if (!before) {
      changed.set(contact, { contact, takesPlace, nextSeq: seq, dueAt, priority: purpose, scheduled });
      continue;
    }
    before.takesPlace ||= takesPlace;
    before.nextSeq = Math.min(before.nextSeq, seq);
    if (dueAt < before.dueAt) before.dueAt = dueAt;
    const outranks = before.scheduled && !scheduled;
    const equals = before.scheduled === scheduled;
    if (outranks || (equals && isMoreUrgent(purpose, before.priority))) {
      before.priority = purpose;
      before.scheduled = scheduled;
    }
  }
  return [...changed.values()];
}

function isMoreUrgent(one: MessagePurpose, other: MessagePurpose): boolean {
  return URGENCIES.indexOf(one) < URGENCIES.indexOf(other);
}
