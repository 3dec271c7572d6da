import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts, and what a business has spent of its match budgets. */
export class Matching1795392000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The id carries the lane in its bits, so a contact is found by its handle alone.
    await db.query(`CREATE TABLE contact (
      lane lane NOT NULL,
      id uuid NOT NULL,
      business_id uuid NOT NULL REFERENCES business,
      person_id uuid,
      external_id text CHECK (char_length(external_id) BETWEEN 1 AND 255),
      content_salt bytea CHECK (octet_length(content_salt) = 32),
      created_at timestamptz NOT NULL,
      gone_at timestamptz,
      PRIMARY KEY (lane, id),
      UNIQUE (lane, person_id, business_id),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      CHECK ((person_id IS NULL) = (gone_at IS NOT NULL)),
      CHECK (gone_at IS NULL OR (external_id IS NULL AND content_salt IS NULL))
    )`);
    await db.query(`COMMENT ON COLUMN contact.gone_at IS
      'Since when nobody is behind this handle. Such a row is kept to tell its business so, and says nothing of who it was.'`);
    await db.query(`COMMENT ON COLUMN contact.content_salt IS
      'Salt of the key that the contents of this conversation are sealed under; without it they are unreadable for ever.'`);
    await db.query(`CREATE INDEX contact_by_business ON contact (business_id, id)`);
    await db.query(
      `CREATE INDEX contact_by_external_id ON contact (business_id, external_id) WHERE external_id IS NOT NULL`,
    );

    // Both windows of a business, locked by every matchContacts of it; sending never takes this row.
    await db.query(`CREATE TABLE match_budget (
      business_id uuid PRIMARY KEY REFERENCES business,
      day_used integer NOT NULL DEFAULT 0 CHECK (day_used >= 0),
      month_used integer NOT NULL DEFAULT 0 CHECK (month_used >= 0)
    ) WITH (fillfactor = 50)`);
    await db.query(`CREATE TABLE match_spend (
      business_id uuid NOT NULL REFERENCES business,
      mark bytea NOT NULL CHECK (octet_length(mark) = 16),
      day_at timestamptz,
      month_at timestamptz,
      PRIMARY KEY (business_id, mark),
      CHECK (day_at IS NOT NULL OR month_at IS NOT NULL)
    )`);
    await db.query(`COMMENT ON TABLE match_spend IS
      'A number that a business asked for, as a keyed mark that means nothing to anyone else: day_at and month_at say when it took a place in the 24-hour and the 30-day window; null: holds none.'`);
    await db.query(
      `CREATE INDEX match_spend_day ON match_spend (business_id, day_at) WHERE day_at IS NOT NULL`,
    );
    await db.query(
      `CREATE INDEX match_spend_month ON match_spend (business_id, month_at) WHERE month_at IS NOT NULL`,
    );

    for (const table of ['contact', 'match_budget', 'match_spend']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    }
    await db.query(`CREATE POLICY own_person ON contact FOR SELECT TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);

    // A business's role can not read who a contact is: person_id is not among the columns it is granted.
    await db.query(
      `GRANT SELECT (lane, id, business_id, external_id, content_salt, created_at, gone_at) ON contact TO assent_business`,
    );
    await db.query(`GRANT SELECT ON match_budget TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (external_id) ON contact TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE ON match_budget TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON match_spend TO assent_engine`);
    await db.query(`GRANT SELECT ON contact TO assent_person`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE match_spend, match_budget, contact`);
  }
}
