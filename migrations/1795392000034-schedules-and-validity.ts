import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a message is to go at the earliest, and until when it is worth showing. */
export class SchedulesAndValidity1795392000034 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const table of ['message', 'message_wait']) {
      await db.query(
        `ALTER TABLE ${table} ADD COLUMN send_at timestamptz, ADD COLUMN expires_at timestamptz`,
      );
    }
    await db.query(`COMMENT ON COLUMN message.send_at IS
      'The time that its sender has scheduled it for. What is scheduled spends limits when it goes, not when it is accepted.'`);
    await db.query(`COMMENT ON COLUMN message_wait.send_at IS
      'The time that it is scheduled for; null once it has spent its limits, or where it did so when it was accepted.'`);
    await db.query(`COMMENT ON COLUMN message.expires_at IS
      'From this time on it does not become visible any more. Null for what a person wrote.'`);
    // What was accepted before validity existed could wait for 30 days.
    await db.query(
      `UPDATE message SET expires_at = accepted_at + interval '30 days' WHERE status = 'ACCEPTED'`,
    );
    await db.query(`UPDATE message_wait w SET expires_at = m.expires_at FROM message m
      WHERE m.lane = w.lane AND m.id = w.message_id`);
    await db.query(`GRANT SELECT (send_at, expires_at) ON message TO assent_business`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['message_wait', 'message'])
      await db.query(`ALTER TABLE ${table} DROP COLUMN expires_at, DROP COLUMN send_at`);
  }
}
