import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits because its business is restricted, found by the business when the restriction ends before its time. */
export class HeldMessages1795392000028 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE INDEX message_wait_restricted ON message_wait (business_id) WHERE reason = 'BUSINESS_RESTRICTED'`,
    );
    await db.query(`CREATE INDEX restriction_ended ON restriction (ended_at) WHERE ended_at IS NOT NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX restriction_ended, message_wait_restricted`);
  }
}
