import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which conversations go first: by what they wait for, and each business in its turn. */
export class PrioritiesAndFairness1795392000043 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The purpose of what is due first; the order of purposes is that of priorities.
    await db.query(`ALTER TABLE conversation_queue ADD COLUMN priority purpose NOT NULL DEFAULT 'SERVICE'
      CHECK (priority IN ('AUTHENTICATION', 'SERVICE', 'MARKETING'))`);
    await db.query(`ALTER TABLE conversation_queue ALTER COLUMN priority DROP DEFAULT`);
    // Its predicate holds for every row. It keeps the planner from going through all that is due for one business, in place of
    // looking it up below: only what repeats it may use this index.
    await db.query(`DROP INDEX conversation_due`);
    await db.query(
      `CREATE INDEX conversation_due ON conversation_queue (due_at) WHERE parked_at IS NULL AND lane >= 0`,
    );
    // A claim goes from business to business of one priority, and takes of each what is due first.
    await db.query(`CREATE INDEX conversation_turn ON conversation_queue (priority, business_id, due_at)
      WHERE parked_at IS NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX conversation_turn, conversation_due`);
    await db.query(`CREATE INDEX conversation_due ON conversation_queue (due_at) WHERE parked_at IS NULL`);
    await db.query(`ALTER TABLE conversation_queue DROP COLUMN priority`);
  }
}
