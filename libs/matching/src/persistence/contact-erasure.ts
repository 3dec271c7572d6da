import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';

/** A person's contacts: cut off from the person, and with their salts gone nobody can open the contents. In the role `eraser`. */
@Injectable()
export class ContactErasure implements ErasesPerson {
  async end(tx: Transaction, { lane, personId, at }: ErasedPerson): Promise<StoreErasure[]> {
    const contacts = await tx.run({
      text: `UPDATE contact SET person_id = NULL, external_id = NULL, content_salt = NULL, gone_at = $3
        WHERE lane = $1 AND person_id = $2`,
      values: [lane, personId, at],
    });
    return [
      { store: 'keys of message contents', what: 'KEY_DESTROYED', rows: contacts },
      { store: 'contacts', what: 'DELETED', rows: contacts },
      {
        store: 'handles of contacts',
        what: 'KEPT',
        rows: contacts,
        why: 'A random id and its business, so that a business which still uses it learns that nobody is there. Nothing leads from it to the person.',
      },
      {
        store: 'answers to imports of consent',
        what: 'KEPT',
        rows: 0,
        why: 'Keyed hashes of what businesses brought in and a word each, so that the same opt-in brought in again changes nothing. Nothing leads from them to the person.',
      },
      {
        store: 'files of opt-ins',
        what: 'KEPT',
        rows: 0,
        why: 'What businesses uploaded and were answered, sealed, with handles of contacts that lead to nobody any more; goes 30 days after the file was worked off.',
      },
      {
        store: 'match budgets',
        what: 'KEPT',
        rows: 0,
        why: 'What businesses asked for is counted by keyed marks, whether or not anybody had the number, and goes after 30 days. A place given back early would tell a business that the number was here.',
      },
    ];
  }

  /** Nothing is left afterwards. */
  sweep(): Promise<StoreErasure[]> {
    return Promise.resolve([]);
  }
}
