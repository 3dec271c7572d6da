import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets reports count for the template of the message that was reported, too. */
export class TemplateQuality1795392000031 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`GRANT SELECT (message_id) ON report TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE SELECT (message_id) ON report FROM assent_engine`);
  }
}
