import { Injectable } from '@nestjs/common';
import { inTurns, uuid7 } from '@assent/platform';
import { type Content, encodeContent } from '../domain/content.js';
import type { MessageParties } from '../domain/proven-message.js';
import { ContentVault } from '../persistence/content-vault.js';
import { MessageProofs } from '../persistence/message-proofs.js';
import type { PeopleHeld } from '../persistence/sending.store.js';
import type { Unwritten } from './write-drafts.js';

/** How much older than its acceptance the time of a message's id may be, in ms. */
const MOST_AHEAD_MS = 1_000;

/** A message that has its id, and what it says sealed under it. */
export interface SealedMessage {
  id: string;
  content: Buffer;
}

/** A message that was sealed before it was known whether it is accepted, and whether it says this. */
export interface SealedAhead extends SealedMessage {
  /** The time of its id. */
  at: Date;
  text: string;
}

type Recipient = MessageParties & { lane: number; contentSalt: Buffer | null };

/** Seals what messages say, each under its own id and its contact's key. */
@Injectable()
export class SealMessages {
  constructor(
    private readonly vault: ContentVault,
    private readonly proofs: MessageProofs,
  ) {}

  /**
   * What can be foreseen of a batch whose people are held: with it decided, all that is left to do is to record it. In the order of
   * the messages; undefined where a message has a file, where its template was not met lately, and where there is nobody to seal for.
   */
  ahead(
    messages: readonly Unwritten[],
    { contactRows, at }: PeopleHeld,
  ): Promise<(SealedAhead | undefined)[]> {
    const contacts = new Map(contactRows.map((row) => [row.contact_id, row]));
    return inTurns(messages, (message) => {
      const text = foreseen(message);
      const row = message.contactId === undefined ? undefined : contacts.get(message.contactId);
      if (text === undefined || !row?.person_id || !row.content_salt) return undefined;
      const recipient = {
        lane: row.lane,
        contactId: row.contact_id,
        businessId: row.business_id,
        personId: row.person_id,
        contentSalt: row.content_salt,
      };
      return { ...this.seal(recipient, { text, media: null }, at), at, text };
    });
  }

  /** Under an id of its own, of that time. */
  seal(recipient: Recipient, words: Content, at: Date): SealedMessage {
    const id = uuid7(at.getTime(), recipient.lane);
    const proof = this.proofs.of(id, recipient, words);
    return { id, content: this.vault.seal(recipient, id, encodeContent(words, proof)) };
  }
}

/** What was sealed ahead, where it is what a message that is accepted now says. */
export function fitting(
  ahead: SealedAhead | undefined,
  { text, media }: Content,
  now: Date,
): SealedAhead | undefined {
  const age = ahead ? now.getTime() - ahead.at.getTime() : NaN;
  return age >= 0 && age <= MOST_AHEAD_MS && media === null && ahead?.text === text ? ahead : undefined;
}

function foreseen({ wording, renderedAhead }: Unwritten): string | undefined {
  if ('template' in wording)
    return renderedAhead && 'text' in renderedAhead.rendered ? renderedAhead.rendered.text : undefined;
  return wording.media ? undefined : wording.text;
}
