import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What staff make of what people write: state, assignee and read state of each conversation, and their notes. */
export class StaffInbox1795392000037 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE conversation_state AS ENUM ('OPEN', 'CLOSED')`);

    // Apart from contact_state: sending writes that row for every message and never this one, whose order is that of
    // what people wrote. A conversation is here from the first message of its person on.
    await db.query(`CREATE TABLE conversation (
      lane lane NOT NULL,
      contact_id uuid NOT NULL,
      business_id uuid NOT NULL REFERENCES business,
      state conversation_state NOT NULL DEFAULT 'OPEN',
      assigned_to uuid REFERENCES member,
      unread integer NOT NULL DEFAULT 0 CHECK (unread >= 0),
      notes integer NOT NULL DEFAULT 0 CHECK (notes >= 0),
      last_wrote_at timestamptz NOT NULL,
      read_at timestamptz,
      read_by text CHECK (char_length(read_by) <= 40),
      closed_at timestamptz,
      closed_by text CHECK (char_length(closed_by) <= 40),
      PRIMARY KEY (lane, contact_id),
      FOREIGN KEY (lane, contact_id) REFERENCES contact,
      CHECK ((read_at IS NULL) = (read_by IS NULL)),
      CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
      CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
    )`);
    await db.query(`COMMENT ON COLUMN conversation.unread IS
      'How many messages of the person are not READ: exact, since whoever changes one of them holds this row.'`);
    const order = 'last_wrote_at DESC, contact_id DESC';
    await db.query(`CREATE INDEX conversation_by_time ON conversation (business_id, ${order})`);
    await db.query(
      `CREATE INDEX conversation_open ON conversation (business_id, ${order}) WHERE state = 'OPEN'`,
    );
    await db.query(
      `CREATE INDEX conversation_unread ON conversation (business_id, ${order}) WHERE unread > 0`,
    );
    await db.query(`CREATE INDEX conversation_by_assignee ON conversation (business_id, assigned_to, ${order})
      WHERE assigned_to IS NOT NULL`);

    await db.query(`CREATE TABLE conversation_note (
      lane lane NOT NULL,
      id uuid NOT NULL,
      contact_id uuid NOT NULL,
      business_id uuid NOT NULL REFERENCES business,
      written_by text NOT NULL CHECK (char_length(written_by) <= 40),
      written_at timestamptz NOT NULL,
      content_suite smallint NOT NULL CHECK (content_suite > 0),
      content bytea NOT NULL CHECK (octet_length(content) <= 32768),
      idempotency_key text NOT NULL CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
      PRIMARY KEY (lane, id),
      UNIQUE (lane, contact_id, idempotency_key),
      FOREIGN KEY (lane, contact_id) REFERENCES contact
    )`);
    await db.query(`CREATE INDEX conversation_note_by_contact ON conversation_note (lane, contact_id, id)`);

    for (const table of ['conversation', 'conversation_note']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
      await db.query(`CREATE POLICY eraser ON ${table} TO assent_eraser USING (true)`);
      await db.query(`GRANT SELECT, DELETE ON ${table} TO assent_eraser`);
    }
    await db.query(`CREATE POLICY engine ON conversation TO assent_engine USING (true)`);
    // What staff do in their inbox is an event that the business makes itself.
    await db.query(`CREATE POLICY tell_of_conversation ON event FOR INSERT TO assent_business WITH CHECK (
      type = 'conversation.changed' AND business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);

    await db.query(`GRANT SELECT, INSERT, UPDATE ON conversation TO assent_engine`);
    await db.query(`GRANT SELECT, UPDATE (state, assigned_to, unread, notes, read_at, read_by, closed_at, closed_by)
      ON conversation TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, DELETE ON conversation_note TO assent_business`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP POLICY tell_of_conversation ON event`);
    await db.query(`DROP TABLE conversation_note, conversation`);
    await db.query(`DROP TYPE conversation_state`);
  }
}
