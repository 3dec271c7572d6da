import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much a person sees of one business's marketing, and of everything: what is counted, and what they want. */
export class Frequency1795392000021 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Read with the rest of the conversation's state, and as short as the cap: what is older than 7 days goes when the
    // next one becomes visible.
    await db.query(`ALTER TABLE contact_state ADD COLUMN marketing_seen timestamptz[] NOT NULL DEFAULT '{}',
      ADD COLUMN marketing_unread integer NOT NULL DEFAULT 0 CHECK (marketing_unread >= 0)`);
    await db.query(`COMMENT ON COLUMN contact_state.marketing_seen IS
      'When marketing of the last 7 days became visible to the person, newest first. Written under the guard of the person, like marketing_unread: how many in a row since they last read a message of the business or wrote to it.'`);
    await db.query(`ALTER TABLE person_preference
      ADD COLUMN weekly_marketing_cap smallint CHECK (weekly_marketing_cap BETWEEN 0 AND 1000),
      ADD COLUMN interruption_cap smallint CHECK (interruption_cap BETWEEN 1 AND 1000)`);

    // Whoever reads a message shows interest: that is all that a person's role may do here.
    await db.query(`CREATE POLICY own_person ON contact_state TO assent_person USING (EXISTS (
      SELECT FROM contact c WHERE c.lane = contact_state.lane AND c.id = contact_state.contact_id
        AND c.person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid)))`);
    await db.query(
      `GRANT SELECT (lane, contact_id, marketing_unread), UPDATE (marketing_unread) ON contact_state TO assent_person`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `REVOKE SELECT (lane, contact_id, marketing_unread), UPDATE (marketing_unread) ON contact_state FROM assent_person`,
    );
    await db.query(`DROP POLICY own_person ON contact_state`);
    await db.query(
      `ALTER TABLE person_preference DROP COLUMN interruption_cap, DROP COLUMN weekly_marketing_cap`,
    );
    await db.query(`ALTER TABLE contact_state DROP COLUMN marketing_unread, DROP COLUMN marketing_seen`);
  }
}
