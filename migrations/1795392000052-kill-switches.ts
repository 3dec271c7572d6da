import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = `('BUSINESS_SWITCHED_OFF', 'MARKETING_SWITCHED_OFF', 'TEMPLATE_SWITCHED_OFF', 'CARRIER_SWITCHED_OFF')`;

/** What admins switch off, whom that is still to be told to, and what is let go on afterwards. */
export class KillSwitches1795392000052 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE kill_switch_kind AS ENUM ('BUSINESS', 'TEMPLATE', 'CARRIER', 'MARKETING')`);
    await db.query(`CREATE TABLE kill_switch (
      id uuid PRIMARY KEY,
      kind kill_switch_kind NOT NULL,
      business_id uuid REFERENCES business,
      template_id uuid REFERENCES template,
      carrier text CHECK (carrier IN ('PUSH', 'SMS')),
      reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 1000),
      set_by uuid NOT NULL REFERENCES admin,
      set_at timestamptz NOT NULL,
      ends_at timestamptz CHECK (ends_at > set_at),
      ended_at timestamptz,
      ended_by uuid REFERENCES admin,
      end_reason text CHECK (char_length(end_reason) BETWEEN 1 AND 1000),
      released_at timestamptz,
      CHECK ((kind IN ('BUSINESS', 'TEMPLATE')) = (business_id IS NOT NULL)),
      CHECK ((kind = 'TEMPLATE') = (template_id IS NOT NULL)),
      CHECK ((kind = 'CARRIER') = (carrier IS NOT NULL)),
      CHECK (num_nulls(ended_at, ended_by, end_reason) IN (0, 3)),
      CHECK (released_at IS NULL OR ended_at IS NOT NULL)
    )`);
    await db.query(`COMMENT ON TABLE kill_switch IS
      'One that nobody has ended is in force until ends_at, where it has that; decisions compare. A switch of a template names its business.'`);
    await db.query(`COMMENT ON COLUMN kill_switch.released_at IS
      'When everything that it held was let go on, after somebody ended it.'`);
    await db.query(`CREATE UNIQUE INDEX kill_switch_open ON kill_switch (business_id, kind, template_id, carrier)
      NULLS NOT DISTINCT WHERE ended_at IS NULL`);
    await db.query(
      `CREATE INDEX kill_switch_unreleased ON kill_switch (ended_at) WHERE ended_at IS NOT NULL AND released_at IS NULL`,
    );

    await db.query(`CREATE TYPE kill_switch_news AS ENUM ('SET', 'LIFTED')`);
    await db.query(`CREATE TABLE kill_switch_telling (
      switch_id uuid NOT NULL REFERENCES kill_switch,
      news kill_switch_news NOT NULL,
      at timestamptz NOT NULL,
      told_to uuid,
      PRIMARY KEY (switch_id, news)
    )`);
    await db.query(`COMMENT ON TABLE kill_switch_telling IS
      'What businesses are still to be told, in the order of their ids; told_to is the last that was. It goes when all were.'`);

    // What a switch holds, to be found when it is lifted.
    await db.query(
      `CREATE INDEX message_wait_switched_off ON message_wait (reason, business_id) WHERE reason IN ${REASONS}`,
    );
    await db.query(`CREATE INDEX hand_off_switched_off ON hand_off (reason, business_id)
      WHERE state = 'WAITING' AND reason IN ${REASONS}`);

    // What a switch waits for.
    await db.query(`CREATE INDEX hand_off_handing ON hand_off (handing_until) WHERE state = 'HANDING'`);

    for (const table of ['kill_switch', 'kill_switch_telling']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY admin ON ${table} TO assent_admin USING (true)`);
    }
    await db.query(`CREATE POLICY own ON kill_switch FOR SELECT TO assent_business USING (
      business_id IS NULL OR business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(
      `GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, end_reason) ON kill_switch TO assent_admin`,
    );
    await db.query(`GRANT SELECT, UPDATE (released_at) ON kill_switch TO assent_engine`);
    // Who of the staff decided is not for the business to see.
    await db.query(`GRANT SELECT (id, kind, business_id, template_id, carrier, reason, set_at, ends_at, ended_at)
      ON kill_switch TO assent_business`);
    await db.query(`GRANT INSERT ON kill_switch_telling TO assent_admin`);
    await db.query(`GRANT SELECT, UPDATE (told_to), DELETE ON kill_switch_telling TO assent_engine`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX hand_off_handing, hand_off_switched_off, message_wait_switched_off`);
    await db.query(`DROP TABLE kill_switch_telling, kill_switch`);
    await db.query(`DROP TYPE kill_switch_news, kill_switch_kind`);
  }
}
