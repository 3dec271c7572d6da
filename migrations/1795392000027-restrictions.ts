import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the operator, or the platform by its rules, changes for one business: limits, its reach tier, restrictions. */
export class Restrictions1795392000027 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE limit_kind AS ENUM ('REACH_PLACES', 'THROUGHPUT', 'PAIR_INTERVAL', 'PAIR_BURST',
      'MATCH_DAILY', 'MATCH_MONTHLY', 'MARKETING_WEEKLY', 'TEMPLATE_SAMPLE')`);
    await db.query(`CREATE TABLE limit_override (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      kind limit_kind NOT NULL,
      value integer NOT NULL CHECK (value >= 0),
      reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
      set_by uuid NOT NULL REFERENCES admin,
      set_at timestamptz NOT NULL,
      ends_at timestamptz NOT NULL CHECK (ends_at > set_at),
      ended_at timestamptz,
      ended_by uuid REFERENCES admin,
      end_reason text CHECK (char_length(end_reason) BETWEEN 1 AND 1000),
      CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL))
    )`);
    await db.query(`COMMENT ON COLUMN limit_override.ended_at IS
      'When an admin ended it, or set another in its place; one that ran until ends_at keeps null until then.'`);
    // At most one that counts, and decisions find it by this index.
    await db.query(
      `CREATE UNIQUE INDEX limit_override_open ON limit_override (business_id, kind) WHERE ended_at IS NULL`,
    );
    await db.query(`CREATE INDEX limit_override_by_business ON limit_override (business_id, id)`);

    await db.query(`CREATE TYPE reach_tier_cause AS ENUM ('VERIFICATION', 'USE', 'ADMIN')`);
    await db.query(`CREATE TABLE reach_tier_change (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      from_tier reach_tier NOT NULL,
      to_tier reach_tier NOT NULL CHECK (to_tier <> from_tier),
      cause reach_tier_cause NOT NULL,
      people integer CHECK (people >= 0),
      places integer CHECK (places >= 0),
      quality text CHECK (char_length(quality) BETWEEN 1 AND 20),
      reason text CHECK (char_length(reason) BETWEEN 1 AND 1000),
      changed_by uuid REFERENCES admin,
      changed_at timestamptz NOT NULL,
      CHECK ((cause = 'USE') = (people IS NOT NULL AND places IS NOT NULL AND quality IS NOT NULL)),
      CHECK ((cause = 'ADMIN') = (reason IS NOT NULL)),
      CHECK (cause = 'USE' OR changed_by IS NOT NULL)
    )`);
    await db.query(`COMMENT ON COLUMN reach_tier_change.people IS
      'The grounds of a raise by use: different people started in 7 days, the places of the tier before, and the quality.'`);
    await db.query(`CREATE INDEX reach_tier_change_by_business ON reach_tier_change (business_id, id)`);

    // Counts whom a business started to message. It never changes, so updates of the row stay in place.
    await db.query(`CREATE INDEX contact_state_by_business ON contact_state (business_id)`);

    await db.query(`CREATE TYPE restriction_cause AS ENUM ('QUALITY', 'ADMIN')`);
    await db.query(`CREATE TYPE restriction_end AS ENUM ('LIFTED', 'OVERTURNED', 'REPLACED')`);
    await db.query(`CREATE TYPE appeal_decision AS ENUM ('UPHELD', 'OVERTURNED')`);
    await db.query(`CREATE TABLE restriction (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      rung smallint NOT NULL CHECK (rung BETWEEN 1 AND 5),
      began_at timestamptz NOT NULL,
      until timestamptz CHECK (until > began_at),
      cause restriction_cause NOT NULL,
      reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
      evidence jsonb NOT NULL CHECK (jsonb_typeof(evidence) = 'array'),
      imposed_by uuid REFERENCES admin,
      ended_at timestamptz,
      ended_how restriction_end,
      ended_by uuid REFERENCES admin,
      end_reason text CHECK (char_length(end_reason) BETWEEN 1 AND 1000),
      appeal_text text CHECK (char_length(appeal_text) BETWEEN 1 AND 2000),
      appealed_at timestamptz,
      appealed_by uuid,
      appeal_decision appeal_decision,
      decision_reason text CHECK (char_length(decision_reason) BETWEEN 1 AND 1000),
      decided_by uuid REFERENCES admin,
      decided_at timestamptz,
      CHECK ((rung = 5) = (until IS NULL)),
      CHECK ((cause = 'ADMIN') = (imposed_by IS NOT NULL)),
      CHECK (num_nulls(ended_at, ended_how, ended_by, end_reason) IN (0, 4)),
      CHECK (num_nulls(appeal_text, appealed_at, appealed_by) IN (0, 3)),
      CHECK (num_nulls(appeal_decision, decision_reason, decided_by, decided_at) IN (0, 4)),
      CHECK (decided_at IS NULL OR appealed_at IS NOT NULL)
    )`);
    await db.query(`COMMENT ON TABLE restriction IS
      'Rungs 1 to 4 last 1, 3, 7 and 30 days, rung 5 is closure. Of those of a business that nobody ended only the newest can be in force.'`);
    await db.query(`CREATE INDEX restriction_by_business ON restriction (business_id, id)`);
    // What every decision about a business's messages asks for.
    await db.query(`CREATE INDEX restriction_open ON restriction (business_id, id) WHERE ended_at IS NULL`);
    await db.query(`CREATE INDEX restriction_appeals ON restriction (appealed_at, id)
      WHERE appealed_at IS NOT NULL AND decided_at IS NULL`);

    for (const table of ['limit_override', 'reach_tier_change', 'restriction']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY admin ON ${table} TO assent_admin USING (true)`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    }
    await db.query(
      `GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, end_reason) ON limit_override TO assent_admin`,
    );
    await db.query(`GRANT SELECT ON limit_override TO assent_engine`);
    await db.query(`GRANT SELECT (id, business_id, kind, value, reason, set_at, ends_at, ended_at, end_reason)
      ON limit_override TO assent_business`);
    await db.query(`GRANT SELECT, INSERT ON reach_tier_change TO assent_admin, assent_engine`);
    await db.query(`GRANT SELECT (id, business_id, from_tier, to_tier, cause, people, places, quality, reason, changed_at)
      ON reach_tier_change TO assent_business`);
    await db.query(`GRANT UPDATE (reach_tier) ON business TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT ON restriction TO assent_admin, assent_engine`);
    await db.query(`GRANT UPDATE (ended_at, ended_how, ended_by, end_reason, appeal_decision, decision_reason, decided_by,
      decided_at) ON restriction TO assent_admin`);
    // Who of the staff decided is not for the business to see.
    await db.query(`GRANT SELECT (id, business_id, rung, began_at, until, cause, reason, evidence, ended_at, ended_how,
      end_reason, appeal_text, appealed_at, appealed_by, appeal_decision, decision_reason, decided_at),
      UPDATE (appeal_text, appealed_at, appealed_by) ON restriction TO assent_business`);

    // What an admin changes for a business takes turns with its sends and its matching, on the same rows. An admin may
    // make and lock them, and, as no new row passes the check, never change what they count.
    for (const [table, column] of [
      ['business_guard', 'reach_used'],
      ['match_budget', 'day_used'],
    ] as const) {
      await db.query(`CREATE POLICY admin_read ON ${table} FOR SELECT TO assent_admin USING (true)`);
      await db.query(`CREATE POLICY admin_make ON ${table} FOR INSERT TO assent_admin WITH CHECK (true)`);
      await db.query(
        `CREATE POLICY admin_lock ON ${table} FOR UPDATE TO assent_admin USING (true) WITH CHECK (false)`,
      );
      await db.query(
        `GRANT SELECT (business_id), INSERT (business_id), UPDATE (${column}) ON ${table} TO assent_admin`,
      );
    }
    await db.query(`CREATE POLICY admin_tell ON event FOR INSERT TO assent_admin WITH CHECK (true)`);
    await db.query(`GRANT INSERT ON event TO assent_admin`);
    await db.query(`CREATE POLICY engine ON member FOR SELECT TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT (id, business_id, email, role) ON member TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE SELECT (id, business_id, email, role) ON member FROM assent_engine`);
    await db.query(`DROP POLICY engine ON member`);
    await db.query(`REVOKE INSERT ON event FROM assent_admin`);
    await db.query(`DROP POLICY admin_tell ON event`);
    for (const table of ['business_guard', 'match_budget']) {
      await db.query(`REVOKE ALL ON ${table} FROM assent_admin`);
      for (const policy of ['admin_read', 'admin_make', 'admin_lock']) {
        await db.query(`DROP POLICY ${policy} ON ${table}`);
      }
    }
    await db.query(`REVOKE UPDATE (reach_tier) ON business FROM assent_engine`);
    await db.query(`DROP INDEX contact_state_by_business`);
    await db.query(`DROP TABLE restriction, reach_tier_change, limit_override`);
    await db.query(
      `DROP TYPE appeal_decision, restriction_end, restriction_cause, reach_tier_cause, limit_kind`,
    );
  }
}
