import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { BoundedCache, KeyRing, open, seal, type SealedColumn } from '@assent/platform';
import { decodeContent, type OpenedContent } from '../domain/content.js';
import type { SealedContent } from '../domain/message.js';

/** How the bytes of a message's content are to be read. Later suites are end-to-end: the server can not open them. */
export const SEALED_AT_REST_1 = 1;

/** Contacts whose keys are kept at hand: 2 MB at most. Beyond that, walking over them costs the garbage collector more than deriving them again. */
const KEYS_KEPT = 10_000;

/** What of a conversation is sealed, each by its own id: what is sealed as one can not be passed off as another. */
export type Sealed =
  'message.content' | 'conversation_note.content' | 'reaction.business' | 'reaction.person';

const USE = 'content';
/** Of the contact whose key it is: erasing it closes all that is sealed for that contact. */
const SALT = '(SELECT c.content_salt FROM contact c WHERE c.lane = t.lane AND c.id = t.contact_id)';

export const CONTENTS_SEALED: readonly SealedColumn[] = [
  {
    table: 'message',
    column: 'content',
    key: { lane: 'smallint', id: 'uuid' },
    where: `t.content_suite = ${SEALED_AT_REST_1}`,
    salt: SALT,
    use: USE,
    place: (_, id) => placeOf('message.content', id),
  },
  {
    table: 'conversation_note',
    column: 'content',
    key: { lane: 'smallint', id: 'uuid' },
    where: `t.content_suite = ${SEALED_AT_REST_1}`,
    salt: SALT,
    use: USE,
    place: (_, id) => placeOf('conversation_note.content', id),
  },
  {
    table: 'reaction',
    column: 'content',
    key: { lane: 'smallint', message_id: 'uuid', side: 'reaction_side' },
    where: `t.content_suite = ${SEALED_AT_REST_1}`,
    salt: SALT,
    use: USE,
    place: (_, id, side) => placeOf(side === 'BUSINESS' ? 'reaction.business' : 'reaction.person', id),
  },
];

/** The contact that a content belongs to; without a salt its contents are gone for ever. */
export interface ContentOwner {
  contactId: string;
  contentSalt: Buffer | null;
}

/** A contact's key, and what it was derived from. */
interface ContactKey {
  version: number;
  salt: Buffer;
  key: KeyObject;
}

/**
 * Seals what is written in a conversation at rest: suite 1, AES-256-GCM under HKDF-SHA-256(master key, the contact's
 * salt), bound to what it is and to its id. Deriving a key costs far more than sealing, so the newest keys are kept.
 */
@Injectable()
export class ContentVault {
  private readonly contactKeys = new BoundedCache<string, ContactKey>(KEYS_KEPT);

  constructor(private readonly keys: KeyRing) {}

  /** Derives a contact's key, where there is one, so that what is sealed for them next takes no time for that. */
  prepare(owner: ContentOwner): void {
    if (owner.contentSalt) this.keyOf(owner, this.keys.current);
  }

  seal(owner: ContentOwner, id: string, text: string | Buffer, what: Sealed = 'message.content'): Buffer {
    const version = this.keys.current;
    return seal({ version, key: this.keyOf(owner, version) }, text, placeOf(what, id));
  }

  /** The text, or null where the contact's salt was erased. */
  open(id: string, content: SealedContent, what: Sealed = 'message.content'): string | null {
    return this.openAll(id, content, what)?.text ?? null;
  }

  /** The text and what goes with it, or null where the contact's salt was erased. */
  openAll(id: string, content: SealedContent, what: Sealed = 'message.content'): OpenedContent | null {
    if (content.suite !== SEALED_AT_REST_1)
      throw new Error(`The server can not open content suite ${content.suite}`);
    const { contactId, contentSalt } = content;
    if (!contentSalt || contactId === null) return null;
    const plain = open(
      (version) => this.keyOf({ contactId, contentSalt }, version),
      content.bytes,
      placeOf(what, id),
    );
    return decodeContent(plain);
  }

  private keyOf({ contactId, contentSalt: salt }: ContentOwner, version: number): KeyObject {
    if (!salt) throw new Error('The contents of this contact were erased');
    const kept = this.contactKeys.find(contactId);
    // A newer master key makes another key, and should a salt ever be made anew, its old key must not serve.
    if (kept?.version === version && kept.salt.equals(salt)) return kept.key;
    const key = createSecretKey(this.keys.deriveFresh(USE, salt, version));
    this.contactKeys.set(contactId, { version, salt, key });
    return key;
  }
}

function placeOf(what: Sealed, id: string): string {
  return `${what}:${id}`;
}
