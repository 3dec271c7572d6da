import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reactions to messages, one of each side, and which message another one answers. */
export class Reactions1795392000039 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE message ADD COLUMN reply_to uuid`);
    await db.query(`COMMENT ON COLUMN message.reply_to IS
      'A message of the same conversation, in the same lane; it may have aged out since.'`);
    await db.query(`GRANT SELECT (reply_to) ON message TO assent_business`);

    await db.query(`CREATE TYPE reaction_side AS ENUM ('BUSINESS', 'PERSON')`);
    // Partitioned as messages are, so that it ages out with them.
    await db.query(`CREATE TABLE reaction (
      lane lane NOT NULL,
      message_id uuid NOT NULL,
      side reaction_side NOT NULL,
      business_id uuid NOT NULL,
      person_id uuid NOT NULL,
      contact_id uuid NOT NULL,
      content_suite smallint NOT NULL CHECK (content_suite > 0),
      content bytea NOT NULL CHECK (octet_length(content) <= 256),
      at timestamptz NOT NULL,
      PRIMARY KEY (lane, message_id, side)
    ) PARTITION BY RANGE (message_id)`);
    await db.query(`CREATE INDEX reaction_by_contact ON reaction (lane, contact_id)`);
    await db.query(
      `INSERT INTO partitioned_table (name, kind, step, ahead) VALUES ('reaction', 'ID', 'month', 3)`,
    );

    await db.query(`ALTER TABLE reaction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON reaction TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY own_business ON reaction FOR SELECT TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`CREATE POLICY own_person ON reaction FOR SELECT TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`CREATE POLICY eraser ON reaction TO assent_eraser USING (true)`);
    // Who a contact is, a business's role can not read here either.
    await db.query(`GRANT SELECT (lane, message_id, side, business_id, contact_id, content_suite, content, at)
      ON reaction TO assent_business`);
    await db.query(`GRANT SELECT ON reaction TO assent_person`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON reaction TO assent_engine`);
    await db.query(`GRANT SELECT, DELETE ON reaction TO assent_eraser`);
    await db.query(`SELECT assent_ensure_partitions()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE reaction`);
    await db.query(`DELETE FROM partitioned_table WHERE name = 'reaction'`);
    await db.query(`DROP TYPE reaction_side`);
    await db.query(`ALTER TABLE message DROP COLUMN reply_to`);
  }
}
