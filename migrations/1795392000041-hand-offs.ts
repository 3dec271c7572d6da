import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is handed over to carriers beside the inbox, what comes of it, and whether a person lets it go by SMS. */
export class HandOffs1795392000041 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE person_preference ADD sms_fallback boolean`);
    await db.query(`COMMENT ON COLUMN person_preference.sms_fallback IS
      'Whether what is not delivered in the app may come by SMS. Null, like false: no.'`);
    await db.query(`ALTER TABLE message ADD delivered_by text CHECK (delivered_by IN ('SMS'))`);
    await db.query(`COMMENT ON COLUMN message.delivered_by IS
      'The carrier whose receipt made it DELIVERED; null: a device of the person said so.'`);
    await db.query(`GRANT SELECT (delivered_by) ON message TO assent_business`);

    await db.query(`CREATE TABLE hand_off (
      lane lane NOT NULL,
      message_id uuid NOT NULL,
      carrier text NOT NULL CHECK (carrier IN ('PUSH', 'SMS')),
      business_id uuid NOT NULL,
      person_id uuid NOT NULL,
      contact_id uuid NOT NULL,
      purpose purpose NOT NULL,
      state text NOT NULL DEFAULT 'WAITING'
        CHECK (state IN ('WAITING', 'HANDING', 'HANDED', 'DELIVERED', 'FAILED', 'SUPPRESSED', 'NOT_NEEDED')),
      reason text CHECK (char_length(reason) <= 60),
      due_at timestamptz NOT NULL,
      give_up_at timestamptz NOT NULL,
      handing_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      attempts smallint NOT NULL DEFAULT 0,
      parts_sent smallint NOT NULL DEFAULT 0,
      handed_at timestamptz,
      delivered_at timestamptz,
      ended_at timestamptz,
      PRIMARY KEY (lane, message_id, carrier),
      CHECK (state <> 'HANDING' OR handing_until IS NOT NULL),
      CHECK (state NOT IN ('FAILED', 'SUPPRESSED') OR reason IS NOT NULL)
    ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)`);
    await db.query(`COMMENT ON COLUMN hand_off.handing_until IS
      'While HANDING: until then it may still leave, and a stop of it waits. due_at: when it is tried, or by somebody else.'`);
    await db.query(
      `CREATE INDEX hand_off_due ON hand_off (carrier, due_at) WHERE state IN ('WAITING', 'HANDING')`,
    );
    await db.query(`CREATE INDEX hand_off_by_person ON hand_off (lane, person_id)`);
    await db.query(`CREATE INDEX hand_off_ended ON hand_off (ended_at) WHERE ended_at IS NOT NULL`);

    await db.query(`ALTER TABLE hand_off ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY engine ON hand_off TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY eraser ON hand_off TO assent_eraser USING (true)`);
    await db.query(`CREATE POLICY own_person ON hand_off TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`CREATE POLICY own_business ON hand_off FOR SELECT TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON hand_off TO assent_engine`);
    await db.query(
      `GRANT SELECT, UPDATE (state, reason, ended_at) ON hand_off TO assent_person, assent_eraser`,
    );
    await db.query(`GRANT DELETE ON hand_off TO assent_eraser`);
    // Not whose message it is, and not whether their apps were woken: only what went by SMS.
    await db.query(`GRANT SELECT (lane, message_id, carrier, business_id, state, reason, attempts, handed_at, delivered_at,
      ended_at) ON hand_off TO assent_business`);

    // Which devices are to be woken, and no more of them.
    await db.query(`CREATE POLICY engine ON device FOR SELECT TO assent_engine USING (true)`);
    await db.query(`GRANT SELECT (lane, person_id, id) ON device TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE SELECT (lane, person_id, id) ON device FROM assent_engine`);
    await db.query(`DROP POLICY engine ON device`);
    await db.query(`DROP TABLE hand_off`);
    await db.query(`ALTER TABLE message DROP COLUMN delivered_by`);
    await db.query(`ALTER TABLE person_preference DROP COLUMN sms_fallback`);
  }
}
