import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which template a message is of, and which parameter an answer is about. */
export class SendingByTemplate1795392000019 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // No foreign keys, as everywhere on this table: templates that were sent can not be deleted.
    await db.query(`ALTER TABLE message ADD COLUMN template_id uuid, ADD COLUMN template_version_id uuid,
      ADD COLUMN template_language text CHECK (char_length(template_language) <= 35),
      ADD CHECK ((template_id IS NULL) = (template_version_id IS NULL)),
      ADD CHECK ((template_id IS NULL) = (template_language IS NULL)),
      ADD CHECK (template_id IS NULL OR direction = 'OUTBOUND')`);
    await db.query(`COMMENT ON COLUMN message.template_id IS 'Null: free-form, or what a person wrote.'`);
    await db.query(`ALTER TABLE message_wait ADD COLUMN template_id uuid`);
    await db.query(
      `GRANT SELECT (template_id, template_version_id, template_language) ON message TO assent_business`,
    );

    await db.query(`ALTER TABLE idempotency ADD COLUMN parameter text CHECK (char_length(parameter) <= 40)`);
    await db.query(
      `COMMENT ON COLUMN idempotency.parameter IS 'The parameter of a template that a refusal names.'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE idempotency DROP COLUMN parameter`);
    await db.query(`ALTER TABLE message_wait DROP COLUMN template_id`);
    await db.query(
      `ALTER TABLE message DROP COLUMN template_language, DROP COLUMN template_version_id, DROP COLUMN template_id`,
    );
  }
}
