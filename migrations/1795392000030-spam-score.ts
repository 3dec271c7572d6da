import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much of what each business does looks like spam. */
export class SpamScore1795392000030 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Of a business alone, and nobody's name in it. Written by the worker that judges the business, read by every decision.
    await db.query(`CREATE TABLE spam_score (
      business_id uuid PRIMARY KEY REFERENCES business,
      score smallint NOT NULL CHECK (score BETWEEN 0 AND 100),
      at timestamptz NOT NULL
    )`);
    await db.query(`COMMENT ON COLUMN spam_score.at IS
      'When the score was this one; from then on it fades by the half-life of reactions.'`);
    await db.query(`ALTER TABLE spam_score ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON spam_score TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY own ON spam_score FOR SELECT TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`CREATE POLICY admin ON spam_score FOR SELECT TO assent_admin USING (true)`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (score, at) ON spam_score TO assent_engine`);
    await db.query(`GRANT SELECT ON spam_score TO assent_business, assent_admin`);

    // Whether a link of a template is the business's own is told by the domain that it proved.
    await db.query(`CREATE POLICY engine ON verification FOR SELECT TO assent_engine USING (true)`);
    await db.query(
      `GRANT SELECT (id, business_id, status, legal_name, website) ON verification TO assent_engine`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `REVOKE SELECT (id, business_id, status, legal_name, website) ON verification FROM assent_engine`,
    );
    await db.query(`DROP POLICY engine ON verification`);
    await db.query(`DROP TABLE spam_score`);
  }
}
