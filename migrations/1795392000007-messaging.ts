import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages, the queue of conversations, the person's inbox, the events of a business, and idempotency records. */
export class Messaging1795392000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE message_status AS ENUM
      ('ACCEPTED', 'DISPATCHED', 'DELIVERED', 'READ', 'EXPIRED', 'SUPPRESSED', 'CANCELLED', 'FAILED')`);
    await db.query(`CREATE TYPE message_direction AS ENUM ('OUTBOUND', 'INBOUND')`);

    // What sending reads and writes about a contact on every message; apart from the contact, whose columns are
    // indexed, so that these updates stay in place (HOT).
    await db.query(`CREATE TABLE contact_state (
      lane lane NOT NULL,
      contact_id uuid NOT NULL,
      business_id uuid NOT NULL,
      last_seq integer NOT NULL DEFAULT 0 CHECK (last_seq >= 0),
      pair_tat timestamptz,
      reach_taken_at timestamptz,
      write_tat timestamptz,
      last_inbound_at timestamptz,
      PRIMARY KEY (lane, contact_id),
      FOREIGN KEY (lane, contact_id) REFERENCES contact
    ) WITH (fillfactor = 70)`);
    await db.query(`COMMENT ON COLUMN contact_state.pair_tat IS
      'Theoretical arrival time of the pair limit (GCRA): when the burst would be paid back in full. write_tat is that of what the person writes.'`);

    // No foreign keys: each would cost a look-up and a row lock for every message, on rows that the sending
    // transaction has already read under the guard. No index on status either, so that its updates stay in place.
    await db.query(`CREATE TABLE message (
      lane lane NOT NULL,
      id uuid NOT NULL,
      business_id uuid NOT NULL,
      person_id uuid,
      contact_id uuid,
      seq integer NOT NULL CHECK (seq > 0),
      direction message_direction NOT NULL DEFAULT 'OUTBOUND',
      purpose purpose,
      status message_status NOT NULL DEFAULT 'ACCEPTED',
      reason text CHECK (char_length(reason) <= 60),
      content_suite smallint NOT NULL CHECK (content_suite > 0),
      content bytea NOT NULL CHECK (octet_length(content) <= 32768),
      idempotency_key text CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
      accepted_at timestamptz NOT NULL,
      dispatched_at timestamptz,
      delivered_at timestamptz,
      read_at timestamptz,
      ended_at timestamptz,
      PRIMARY KEY (lane, id),
      -- What a person writes has no purpose, its key is not the business's to see, and it has arrived when it is stored.
      CHECK ((direction = 'OUTBOUND') = (purpose IS NOT NULL)),
      CHECK ((direction = 'OUTBOUND') = (idempotency_key IS NOT NULL)),
      CHECK (direction = 'OUTBOUND' OR status IN ('DELIVERED', 'READ')),
      CHECK ((person_id IS NULL) = (contact_id IS NULL)),
      CHECK (person_id IS NOT NULL OR octet_length(content) = 0)
    ) PARTITION BY RANGE (id)`);
    await db.query(`COMMENT ON COLUMN message.person_id IS
      'Null, like contact_id, once the person was erased: then the content is empty, and the rest stays for the business.'`);
    await db.query(`CREATE INDEX message_by_contact ON message (lane, contact_id, seq)`);
    await db.query(`CREATE INDEX message_by_business ON message (business_id, id)`);
    await db.query(`INSERT INTO partitioned_table VALUES ('message', 'ID', 'month', 3)`);

    // One row for a conversation with something to dispatch. Messages from next_seq on are queued; since_id is not
    // later than any of their ids, which lets the planner leave out older partitions.
    await db.query(`CREATE TABLE conversation_queue (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      contact_id uuid NOT NULL,
      business_id uuid NOT NULL,
      next_seq integer NOT NULL CHECK (next_seq > 0),
      since_id uuid NOT NULL,
      due_at timestamptz NOT NULL,
      lease_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      attempts smallint NOT NULL DEFAULT 0,
      parked_at timestamptz,
      parked_error text CHECK (char_length(parked_error) <= 500),
      PRIMARY KEY (lane, person_id, contact_id)
    ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)`);
    await db.query(`CREATE INDEX conversation_due ON conversation_queue (due_at) WHERE parked_at IS NULL`);

    // Numbered without gaps under the person's guard, so a device that holds a number misses nothing after it.
    await db.query(`CREATE TABLE inbox_entry (
      lane lane NOT NULL,
      person_id uuid NOT NULL,
      inbox_seq bigint NOT NULL CHECK (inbox_seq > 0),
      message_id uuid NOT NULL,
      PRIMARY KEY (lane, person_id, inbox_seq, message_id)
    ) PARTITION BY RANGE (message_id)`);
    await db.query(`INSERT INTO partitioned_table VALUES ('inbox_entry', 'ID', 'month', 3)`);

    // A reader sees events in the order (xid, id) and only below the oldest transaction that is still running: an
    // event that commits late can then never appear behind a reader's cursor.
    await db.query(`CREATE TABLE event (
      business_id uuid NOT NULL,
      xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
      id uuid NOT NULL,
      type text NOT NULL CHECK (char_length(type) BETWEEN 1 AND 60),
      lane lane,
      contact_id uuid,
      message_id uuid,
      data jsonb,
      at timestamptz NOT NULL,
      PRIMARY KEY (business_id, xid, id)
    ) PARTITION BY RANGE (id)`);
    await db.query(`INSERT INTO partitioned_table VALUES ('event', 'ID', 'month', 3)`);

    // Unique under the business's guard, which every send of that business holds, or for what a person writes under
    // that person's; an index can not be unique across partitions, and partitions are what makes forgetting after seven days free.
    await db.query(`CREATE TABLE idempotency (
      key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
      created_at timestamptz NOT NULL,
      body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
      message_id uuid,
      reason text CHECK (char_length(reason) <= 60),
      retry_at timestamptz,
      PRIMARY KEY (key_hash, created_at),
      CHECK (message_id IS NOT NULL OR reason IS NOT NULL)
    ) PARTITION BY RANGE (created_at)`);
    await db.query(`COMMENT ON TABLE idempotency IS
      'The answer to a key: accepted with a message_id, refused without. reason and retry_at tell of the refusal, or why and until when the accepted message is to wait.'`);
    await db.query(`INSERT INTO partitioned_table VALUES ('idempotency', 'TIME', 'day', 14)`);

    for (const table of [
      'contact_state',
      'message',
      'conversation_queue',
      'inbox_entry',
      'event',
      'idempotency',
    ]) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
    }
    for (const table of ['contact_state', 'message', 'event']) {
      await db.query(`CREATE POLICY own_business ON ${table} FOR SELECT TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    }
    for (const table of ['message', 'conversation_queue', 'inbox_entry']) {
      await db.query(`CREATE POLICY own_person ON ${table} TO assent_person
        USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    }
    // Staff read what people write, and that is all that a business can change about a message.
    await db.query(`CREATE POLICY read_inbound ON message FOR UPDATE TO assent_business
      USING (direction = 'INBOUND' AND business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    // What a person does (a stop, a receipt) is an event of the business concerned; the person can not read it back.
    await db.query(`CREATE POLICY tell ON event FOR INSERT TO assent_person WITH CHECK (true)`);

    await db.query(`GRANT SELECT ON contact_state, event TO assent_business`);
    await db.query(`GRANT SELECT (lane, id, business_id, contact_id, seq, direction, purpose, status, reason, content_suite,
      content, idempotency_key, accepted_at, dispatched_at, delivered_at, read_at, ended_at),
      UPDATE (status, read_at) ON message TO assent_business`);
    await db.query(
      `GRANT SELECT, UPDATE (status, reason, delivered_at, read_at, ended_at) ON message TO assent_person`,
    );
    await db.query(`GRANT SELECT, UPDATE, DELETE ON conversation_queue TO assent_person`);
    await db.query(`GRANT SELECT ON inbox_entry TO assent_person`);
    await db.query(`GRANT INSERT ON event TO assent_person`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON contact_state, message TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON conversation_queue TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT ON inbox_entry, event, idempotency TO assent_engine`);
    await db.query(`SELECT assent_ensure_partitions()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE idempotency, event, inbox_entry, conversation_queue, message, contact_state`);
    await db.query(
      `DELETE FROM partitioned_table WHERE name IN ('idempotency', 'event', 'inbox_entry', 'message')`,
    );
    await db.query(`DROP TYPE message_direction, message_status`);
  }
}
