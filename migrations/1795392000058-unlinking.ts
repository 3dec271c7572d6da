import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owners unlink one member from their account at the identity provider. */
export class Unlinking1795392000058 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`GRANT SELECT (member_id) ON sign_on_link TO assent_business`);
    // A sign-in locks the link that it goes by.
    await db.query(`GRANT UPDATE (linked_at) ON sign_on_link TO assent_gate`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE UPDATE (linked_at) ON sign_on_link FROM assent_gate`);
    await db.query(`REVOKE SELECT (member_id) ON sign_on_link FROM assent_business`);
  }
}
