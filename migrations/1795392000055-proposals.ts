import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What admins propose and another one has to approve. */
export class Proposals1795392000055 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TYPE proposal_state AS ENUM ('WAITING', 'APPROVED', 'REJECTED', 'OUTDATED')`);
    await db.query(`CREATE TABLE proposal (
      id uuid PRIMARY KEY,
      operation text NOT NULL CHECK (operation ~ '^[A-Za-z]{1,64}$'),
      input text NOT NULL CHECK (char_length(input) BETWEEN 2 AND 20000),
      basis text NOT NULL CHECK (char_length(basis) BETWEEN 2 AND 2000),
      subjects text[] NOT NULL CHECK (cardinality(subjects) <= 100),
      reason text CHECK (char_length(reason) BETWEEN 1 AND 1000),
      proposed_by uuid NOT NULL REFERENCES admin,
      proposed_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL CHECK (expires_at > proposed_at),
      state proposal_state NOT NULL DEFAULT 'WAITING',
      decided_by uuid REFERENCES admin,
      decided_at timestamptz,
      note text CHECK (char_length(note) BETWEEN 1 AND 1000),
      CHECK ((state = 'WAITING') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
      CHECK (state <> 'APPROVED' OR decided_by <> proposed_by)
    )`);
    await db.query(`COMMENT ON COLUMN proposal.basis IS
      'What was the case when it was proposed. Where it no longer is, nothing is done.'`);
    await db.query(`CREATE INDEX proposal_waiting ON proposal (operation, id) WHERE state = 'WAITING'`);
    await db.query(`ALTER TABLE proposal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await db.query(`CREATE POLICY admin ON proposal TO assent_admin USING (true)`);
    // What is proposed is never changed, only decided.
    await db.query(
      `GRANT SELECT, INSERT, UPDATE (state, decided_by, decided_at, note) ON proposal TO assent_admin`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE proposal`);
    await db.query(`DROP TYPE proposal_state`);
  }
}
