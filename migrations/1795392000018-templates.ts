import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates of businesses, their versions with a text in each language, and what was appealed against. */
export class Templates1795392000018 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TYPE template_version_state AS ENUM ('DRAFT', 'IN_REVIEW', 'APPROVED', 'REJECTED')`,
    );

    await db.query(`CREATE TABLE template (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9_.-]*$' AND char_length(name) <= 512),
      purpose purpose NOT NULL CHECK (purpose IN ('AUTHENTICATION', 'SERVICE', 'MARKETING')),
      created_at timestamptz NOT NULL,
      sending_version_id uuid,
      pause_count smallint NOT NULL DEFAULT 0 CHECK (pause_count >= 0),
      paused_at timestamptz,
      paused_until timestamptz,
      disabled_at timestamptz,
      stopped_because text CHECK (char_length(stopped_because) BETWEEN 1 AND 500),
      CONSTRAINT template_by_name UNIQUE (business_id, name),
      CHECK ((paused_at IS NULL) = (paused_until IS NULL))
    )`);
    await db.query(`COMMENT ON COLUMN template.sending_version_id IS
      'The newest version that was approved: what sends. Kept here so that sending reads one row.'`);
    await db.query(`CREATE INDEX template_by_business ON template (business_id, id)`);

    // What was submitted can not change any more: a draft is the only state in which a version's content is written.
    await db.query(`CREATE TABLE template_version (
      id uuid PRIMARY KEY,
      template_id uuid NOT NULL REFERENCES template ON DELETE CASCADE,
      business_id uuid NOT NULL REFERENCES business,
      nr integer NOT NULL CHECK (nr > 0),
      state template_version_state NOT NULL DEFAULT 'DRAFT',
      default_language text NOT NULL CHECK (char_length(default_language) BETWEEN 2 AND 35),
      parameters jsonb NOT NULL CHECK (jsonb_typeof(parameters) = 'array'),
      created_at timestamptz NOT NULL,
      submitted_at timestamptz,
      decided_by uuid REFERENCES admin,
      decided_at timestamptz,
      reason text CHECK (char_length(reason) BETWEEN 1 AND 1000),
      UNIQUE (template_id, nr),
      CHECK ((state = 'DRAFT') = (submitted_at IS NULL)),
      CHECK ((state IN ('APPROVED', 'REJECTED')) = (decided_at IS NOT NULL)),
      CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
      CHECK (state <> 'REJECTED' OR reason IS NOT NULL)
    )`);
    // One version a template is under way: of two edits that race, the second changes what the first one made.
    await db.query(`CREATE UNIQUE INDEX template_version_open ON template_version (template_id)
      WHERE state IN ('DRAFT', 'IN_REVIEW')`);
    await db.query(
      `CREATE INDEX template_version_queue ON template_version (submitted_at, id) WHERE state = 'IN_REVIEW'`,
    );
    await db.query(`ALTER TABLE template ADD FOREIGN KEY (sending_version_id) REFERENCES template_version`);

    await db.query(`CREATE TABLE template_text (
      version_id uuid NOT NULL REFERENCES template_version ON DELETE CASCADE,
      language text NOT NULL CHECK (char_length(language) BETWEEN 2 AND 35),
      business_id uuid NOT NULL REFERENCES business,
      body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 1024),
      PRIMARY KEY (version_id, language)
    )`);

    await db.query(`CREATE TABLE template_appeal (
      id uuid PRIMARY KEY,
      template_id uuid NOT NULL REFERENCES template,
      business_id uuid NOT NULL REFERENCES business,
      version_id uuid REFERENCES template_version,
      disabled_at timestamptz,
      words text NOT NULL CHECK (char_length(words) BETWEEN 1 AND 1000),
      made_at timestamptz NOT NULL,
      upheld boolean,
      decided_by uuid REFERENCES admin,
      decided_at timestamptz,
      reason text CHECK (char_length(reason) BETWEEN 1 AND 1000),
      CHECK ((version_id IS NULL) <> (disabled_at IS NULL)),
      CHECK ((upheld IS NULL) = (decided_at IS NULL)),
      CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
      CHECK ((reason IS NULL) = (decided_at IS NULL))
    )`);
    await db.query(`COMMENT ON TABLE template_appeal IS
      'Against the rejection of version_id, or the disabling at disabled_at; once for each.'`);
    await db.query(`CREATE UNIQUE INDEX template_appeal_of_rejection ON template_appeal (version_id)
      WHERE version_id IS NOT NULL`);
    await db.query(`CREATE UNIQUE INDEX template_appeal_of_disabling ON template_appeal (template_id, disabled_at)
      WHERE disabled_at IS NOT NULL`);
    await db.query(`CREATE INDEX template_appeal_queue ON template_appeal (id) WHERE decided_at IS NULL`);
    await db.query(`CREATE INDEX template_appeal_by_template ON template_appeal (template_id, id)`);

    for (const table of ['template', 'template_version', 'template_text', 'template_appeal']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
      await db.query(`CREATE POLICY admin ON ${table} TO assent_admin USING (true)`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`GRANT SELECT ON ${table} TO assent_business, assent_admin, assent_engine`);
    }
    // A business writes drafts and submits them; whether one is approved, paused or disabled is not for it to write.
    await db.query(
      `GRANT INSERT (id, business_id, name, purpose, created_at), DELETE ON template TO assent_business`,
    );
    // Locking a row asks for the right to update one of its columns; the name is the one that nothing else follows.
    await db.query(`GRANT UPDATE (name) ON template TO assent_business`);
    await db.query(`GRANT INSERT (id, template_id, business_id, nr, default_language, parameters, created_at), DELETE,
      UPDATE (default_language, parameters, created_at, state, submitted_at) ON template_version TO assent_business`);
    await db.query(`CREATE POLICY submit ON template_version AS RESTRICTIVE FOR UPDATE TO assent_business
      USING (state = 'DRAFT') WITH CHECK (state IN ('DRAFT', 'IN_REVIEW'))`);
    await db.query(`CREATE POLICY draft ON template_version AS RESTRICTIVE FOR DELETE TO assent_business
      USING (state = 'DRAFT')`);
    await db.query(`CREATE POLICY never_submitted ON template AS RESTRICTIVE FOR DELETE TO assent_business
      USING (NOT EXISTS (SELECT FROM template_version v WHERE v.template_id = template.id AND v.state <> 'DRAFT'))`);
    await db.query(`GRANT INSERT, DELETE ON template_text TO assent_business`);
    await db.query(`CREATE POLICY write_draft ON template_text AS RESTRICTIVE FOR INSERT TO assent_business
      WITH CHECK (EXISTS (SELECT FROM template_version v WHERE v.id = version_id AND v.state = 'DRAFT'))`);
    await db.query(`CREATE POLICY drop_draft ON template_text AS RESTRICTIVE FOR DELETE TO assent_business
      USING (EXISTS (SELECT FROM template_version v WHERE v.id = version_id AND v.state = 'DRAFT'))`);
    await db.query(`GRANT INSERT (id, template_id, business_id, version_id, disabled_at, words, made_at)
      ON template_appeal TO assent_business`);
    await db.query(
      `GRANT UPDATE (state, decided_by, decided_at, reason) ON template_version TO assent_admin`,
    );
    await db.query(
      `GRANT UPDATE (upheld, decided_by, decided_at, reason) ON template_appeal TO assent_admin`,
    );
    await db.query(`GRANT UPDATE (sending_version_id, pause_count, paused_at, paused_until, disabled_at, stopped_because)
      ON template TO assent_admin, assent_engine`);
    // What the operator's staff decide about a template is an event of its business.
    await db.query(`CREATE POLICY tell_of_template ON event FOR INSERT TO assent_admin WITH CHECK (true)`);
    await db.query(`GRANT INSERT ON event TO assent_admin`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE INSERT ON event FROM assent_admin`);
    await db.query(`DROP POLICY tell_of_template ON event`);
    await db.query(`ALTER TABLE template DROP COLUMN sending_version_id`);
    await db.query(`DROP TABLE template_appeal, template_text, template_version, template`);
    await db.query(`DROP TYPE template_version_state`);
  }
}
