import { Injectable } from '@nestjs/common';
import { laneOf, type Transaction } from '@assent/platform';
import type { StoredNote } from '../domain/conversation.js';
import { SEALED_AT_REST_1 } from './content-vault.js';

/** A note to be written. */
export interface NewNote {
  id: string;
  contactId: string;
  businessId: string;
  by: string;
  at: Date;
  content: Buffer;
  idempotencyKey: string;
}

interface NoteRow {
  id: string;
  contact_id: string;
  written_by: string;
  written_at: Date;
  content_suite: number;
  content: Buffer;
  content_salt: Buffer | null;
}

const SELECT = `SELECT n.id, n.contact_id, n.written_by, n.written_at, n.content_suite, n.content, t.content_salt
  FROM conversation_note n JOIN contact t ON t.lane = n.lane AND t.id = n.contact_id`;

/** Notes of staff; in the role of their business. */
@Injectable()
export class NoteStore {
  /** Of one conversation, newest first, before one of them. */
  async page(
    tx: Transaction,
    businessId: string,
    contactId: string,
    before: string | null,
    limit: number,
  ): Promise<StoredNote[]> {
    const rows = await tx.rows<NoteRow>({
      text: `${SELECT} WHERE n.business_id = $1 AND n.lane = $2 AND n.contact_id = $3 AND ($4::uuid IS NULL OR n.id < $4)
        ORDER BY n.id DESC LIMIT $5`,
      values: [businessId, laneOf(contactId), contactId, before, limit],
    });
    return rows.map(toNote);
  }

  async byId(tx: Transaction, businessId: string, id: string): Promise<StoredNote | undefined> {
    const [row] = await tx.rows<NoteRow>({
      text: `${SELECT} WHERE n.business_id = $1 AND n.lane = $2 AND n.id = $3`,
      values: [businessId, laneOf(id), id],
    });
    return row && toNote(row);
  }

  /** The note of a locked conversation that has a key. */
  async byKey(
    tx: Transaction,
    businessId: string,
    contactId: string,
    key: string,
  ): Promise<StoredNote | undefined> {
    const [row] = await tx.rows<NoteRow>({
      text: `${SELECT} WHERE n.business_id = $1 AND n.lane = $2 AND n.contact_id = $3 AND n.idempotency_key = $4`,
      values: [businessId, laneOf(contactId), contactId, key],
    });
    return row && toNote(row);
  }

  /** Under the lock of the conversation. */
  async add(
    tx: Transaction,
    { id, contactId, businessId, by, at, content, idempotencyKey }: NewNote,
  ): Promise<void> {
    await tx.run({
      text: `INSERT INTO conversation_note (lane, id, contact_id, business_id, written_by, written_at, content_suite, content,
          idempotency_key)
        VALUES ($1, $2, $3, $4, $5, $6, ${SEALED_AT_REST_1}, $7, $8)`,
      values: [laneOf(id), id, contactId, businessId, by, at, content, idempotencyKey],
    });
  }

  /** Under the lock of the conversation. @returns false where it was gone already */
  async remove(tx: Transaction, id: string): Promise<boolean> {
    const text = 'DELETE FROM conversation_note WHERE lane = $1 AND id = $2';
    return (await tx.run({ text, values: [laneOf(id), id] })) === 1;
  }
}

function toNote(row: NoteRow): StoredNote {
  return {
    id: row.id,
    contactId: row.contact_id,
    by: row.written_by,
    at: row.written_at,
    content: {
      suite: row.content_suite,
      bytes: row.content,
      contactId: row.contact_id,
      contentSalt: row.content_salt,
    },
  };
}
