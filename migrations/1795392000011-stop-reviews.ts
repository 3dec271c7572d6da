import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sentences that were taken for a stop: what the person is asked about them, and what the business and the operator say. */
export class StopReviews1795392000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE stop_answer AS ENUM ('MARKETING', 'BUSINESS', 'EVERYTHING', 'NOT_A_STOP')`);
    await db.query(`CREATE TYPE stop_review_outcome AS ENUM ('HONOURED', 'NOT_A_STOP')`);
    await db.query(`CREATE TYPE stop_reviewer AS ENUM ('BUSINESS', 'OPERATOR')`);
    await db.query(`CREATE TABLE stop_review (
      lane lane NOT NULL,
      id uuid NOT NULL,
      person_id uuid NOT NULL,
      business_id uuid NOT NULL REFERENCES business,
      contact_id uuid NOT NULL,
      message_id uuid NOT NULL,
      language char(2) NOT NULL,
      rule text NOT NULL CHECK (char_length(rule) BETWEEN 1 AND 100),
      suggested stop_answer NOT NULL CHECK (suggested IN ('MARKETING', 'BUSINESS')),
      content bytea NOT NULL CHECK (octet_length(content) <= 32768),
      content_salt bytea CHECK (octet_length(content_salt) = 32),
      detected_at timestamptz NOT NULL,
      due_at timestamptz NOT NULL CHECK (due_at > detected_at),
      answer stop_answer,
      answer_to_business stop_answer GENERATED ALWAYS AS
        (CASE WHEN answer = 'EVERYTHING' THEN 'BUSINESS' ELSE answer END) STORED,
      answered_at timestamptz,
      outcome stop_review_outcome,
      note text CHECK (char_length(note) BETWEEN 1 AND 1000),
      reviewer stop_reviewer,
      reviewed_by uuid,
      reviewed_at timestamptz,
      PRIMARY KEY (lane, id),
      FOREIGN KEY (lane, person_id) REFERENCES person,
      FOREIGN KEY (lane, contact_id) REFERENCES contact,
      CHECK ((answer IS NULL) = (answered_at IS NULL)),
      CHECK ((outcome IS NULL) = (reviewed_at IS NULL)),
      CHECK ((outcome IS NULL) = (reviewer IS NULL)),
      CHECK ((outcome IS NULL) = (reviewed_by IS NULL)),
      CHECK (outcome IS NOT NULL OR note IS NULL)
    )`);
    await db.query(`COMMENT ON COLUMN stop_review.content IS
      'The text of the message, sealed under a key of this row alone (content_salt), so that the operator can read what is in review and no conversation.'`);
    await db.query(`COMMENT ON COLUMN stop_review.answer_to_business IS
      'What the business may know of the answer: not that its person stopped other businesses as well.'`);
    // One open question a person and business; the second of two sentences asks nothing new.
    await db.query(
      `CREATE UNIQUE INDEX stop_review_question ON stop_review (lane, person_id, business_id) WHERE answered_at IS NULL`,
    );
    await db.query(`CREATE INDEX stop_review_by_person ON stop_review (lane, person_id, id)`);
    await db.query(`CREATE INDEX stop_review_by_business ON stop_review (business_id, due_at, id)`);
    await db.query(`CREATE INDEX stop_review_by_deadline ON stop_review (due_at, id)`);

    await db.query(`ALTER TABLE stop_review ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY own_person ON stop_review TO assent_person
      USING (person_id = (SELECT nullif(current_setting('app.person', true), '')::uuid))`);
    await db.query(`CREATE POLICY own_business ON stop_review TO assent_business
      USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    await db.query(`CREATE POLICY engine ON stop_review TO assent_engine USING (true)`);
    await db.query(`CREATE POLICY admin ON stop_review TO assent_admin USING (true)`);

    await db.query(`GRANT SELECT, UPDATE (answer, answered_at) ON stop_review TO assent_person`);
    await db.query(`GRANT SELECT, INSERT ON stop_review TO assent_engine`);
    // Who the person is stands in neither list, nor may a reviewer answer in the person's place.
    const seen = `lane, id, business_id, language, rule, suggested, content, content_salt, detected_at, due_at,
      answered_at, outcome, note, reviewer, reviewed_at`;
    const said = 'outcome, note, reviewer, reviewed_by, reviewed_at';
    await db.query(
      `GRANT SELECT (${seen}, contact_id, answer_to_business), UPDATE (${said}) ON stop_review TO assent_business`,
    );
    await db.query(`GRANT SELECT (${seen}, answer), UPDATE (${said}) ON stop_review TO assent_admin`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE stop_review`);
    await db.query(`DROP TYPE stop_reviewer, stop_review_outcome, stop_answer`);
  }
}
