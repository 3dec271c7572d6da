import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each message looks its key up in all partitions of the last 7 days: eight of a day each, or two of a week (ADR 57).
 *
 * Days that have keys become partitions of their week, which is one of the table. That reads them: what sends is held up for some
 * 0.3 s for a million keys. As what makes partitions is written anew, it takes their fillfactor from `partitioned_table` from now on.
 */
export class IdempotencyByWeek1795392000064 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE partitioned_table DROP CONSTRAINT partitioned_table_step_check`);
    await db.query(`ALTER TABLE partitioned_table ADD CHECK (step IN ('day', 'week', 'month'))`);
    await db.query(`ALTER TABLE partitioned_table
      ADD COLUMN fillfactor integer NOT NULL DEFAULT 100 CHECK (fillfactor BETWEEN 10 AND 100)`);
    await db.query(`COMMENT ON COLUMN partitioned_table.fillfactor IS
      'How full a page of a new partition is filled, in percent: the rest is for updates of its rows.'`);
    await setFunctions(
      db,
      `CASE step WHEN 'month' THEN 'YYYY_MM' ELSE 'YYYY_MM_DD' END`,
      'parent.fillfactor',
    );
    await db.query(`LOCK TABLE idempotency IN ACCESS EXCLUSIVE MODE`);
    // Contracts: nothing uses partitions by their own names since v0.1.0.
    await db.query(`DO $$
      DECLARE
        day record;
        week timestamp;
        filled boolean;
        weeks timestamp[] := '{}';
      BEGIN
        FOR day IN
          SELECT relname AS name, to_timestamp(right(relname, 10), 'YYYY_MM_DD')::timestamp AS start
          FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'idempotency'::regclass
        LOOP
          EXECUTE format('SELECT EXISTS (SELECT FROM %I)', day.name) INTO filled;
          IF filled THEN
            EXECUTE format('ALTER TABLE idempotency DETACH PARTITION %I', day.name);
            EXECUTE format('ALTER TABLE %I RENAME TO %I', day.name, 'idempotency_day_' || right(day.name, 10));
            weeks := weeks || date_trunc('week', day.start);
          ELSE
            EXECUTE format('DROP TABLE %I', day.name);
          END IF;
        END LOOP;
        FOR week IN SELECT DISTINCT unnest(weeks) LOOP
          EXECUTE format('CREATE TABLE %I PARTITION OF idempotency FOR VALUES FROM (%L) TO (%L) PARTITION BY RANGE (created_at)',
            'idempotency_' || to_char(week, 'YYYY_MM_DD'), week AT TIME ZONE 'UTC', (week + interval '7 days') AT TIME ZONE 'UTC');
          FOR day IN
            SELECT 'idempotency_day_' || to_char(start, 'YYYY_MM_DD') AS name, start
            FROM generate_series(week, week + interval '6 days', interval '1 day') AS start
          LOOP
            EXECUTE format(CASE WHEN to_regclass(quote_ident(day.name)) IS NULL
                THEN 'CREATE TABLE %2$I PARTITION OF %1$I FOR VALUES FROM (%3$L) TO (%4$L)'
                ELSE 'ALTER TABLE %1$I ATTACH PARTITION %2$I FOR VALUES FROM (%3$L) TO (%4$L)' END,
              'idempotency_' || to_char(week, 'YYYY_MM_DD'), day.name,
              day.start AT TIME ZONE 'UTC', (day.start + interval '1 day') AT TIME ZONE 'UTC');
          END LOOP;
        END LOOP;
      END $$`);
    await db.query(`UPDATE partitioned_table SET step = 'week', ahead = 2 WHERE name = 'idempotency'`);
    await db.query(`SELECT assent_ensure_partitions()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TEMPORARY TABLE kept AS SELECT * FROM idempotency`);
    await db.query(`DO $$
      DECLARE
        name text;
        start timestamp;
      BEGIN
        FOR name IN SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'idempotency'::regclass LOOP
          EXECUTE format('DROP TABLE %I', name);
        END LOOP;
        FOR start IN SELECT DISTINCT date_trunc('day', created_at AT TIME ZONE 'UTC') FROM kept LOOP
          EXECUTE format('CREATE TABLE %I PARTITION OF idempotency FOR VALUES FROM (%L) TO (%L)',
            'idempotency_' || to_char(start, 'YYYY_MM_DD'), start AT TIME ZONE 'UTC', (start + interval '1 day') AT TIME ZONE 'UTC');
        END LOOP;
      END $$`);
    await db.query(`INSERT INTO idempotency SELECT * FROM kept`);
    await db.query(`DROP TABLE kept`);
    await db.query(`UPDATE partitioned_table SET step = 'day', ahead = 14 WHERE name = 'idempotency'`);
    await db.query(`ALTER TABLE partitioned_table DROP CONSTRAINT partitioned_table_step_check`);
    await db.query(`ALTER TABLE partitioned_table ADD CHECK (step IN ('day', 'month'))`);
    await setFunctions(db, `CASE step WHEN 'day' THEN 'YYYY_MM_DD' ELSE 'YYYY_MM' END`, '100');
    await db.query(`ALTER TABLE partitioned_table DROP fillfactor`);
    await db.query(`SELECT assent_ensure_partitions()`);
  }
}

/**
 * As they were, but for the names of partitions and how full they are.
 *
 * @param format of the time in a name, by the column `step`
 * @param fillfactor of a new partition
 */
async function setFunctions(db: QueryRunner, format: string, fillfactor: string): Promise<void> {
  await db.query(`CREATE OR REPLACE FUNCTION assent_ensure_partitions() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      parent record;
      lower_bound timestamptz;
      upper_bound timestamptz;
      child text;
      made integer := 0;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('assent_ensure_partitions'));
      FOR parent IN SELECT *, ${format} AS format FROM partitioned_table ORDER BY name LOOP
        FOR step IN -1 .. parent.ahead LOOP
          lower_bound := (date_trunc(parent.step, assent_now() AT TIME ZONE 'UTC') + step * ('1 ' || parent.step)::interval) AT TIME ZONE 'UTC';
          upper_bound := ((lower_bound AT TIME ZONE 'UTC') + ('1 ' || parent.step)::interval) AT TIME ZONE 'UTC';
          child := parent.name || '_' || to_char(lower_bound AT TIME ZONE 'UTC', parent.format);
          CONTINUE WHEN to_regclass(quote_ident(child)) IS NOT NULL;
          IF parent.kind = 'ID' THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = %s)',
              child, parent.name, assent_uuid_floor(lower_bound), assent_uuid_floor(upper_bound), ${fillfactor});
          ELSE
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L) WITH (fillfactor = %s)',
              child, parent.name, lower_bound, upper_bound, ${fillfactor});
          END IF;
          made := made + 1;
        END LOOP;
      END LOOP;
      RETURN made;
    END $$`);
  await db.query(`CREATE OR REPLACE FUNCTION assent_drop_partitions() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
    DECLARE
      old record;
      dropped integer := 0;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('assent_ensure_partitions'));
      FOR old IN
        SELECT c.relname FROM (SELECT *, ${format} AS format FROM partitioned_table) p
        JOIN pg_inherits i ON i.inhparent = to_regclass(quote_ident(p.name))
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE p.keep_days IS NOT NULL
          AND (to_timestamp(substr(c.relname, length(p.name) + 2), p.format)::timestamp
            + ('1 ' || p.step)::interval) AT TIME ZONE 'UTC'
            < assent_now() - p.keep_days * interval '24 hours'
      LOOP
        EXECUTE format('DROP TABLE %I', old.relname);
        dropped := dropped + 1;
      END LOOP;
      RETURN dropped;
    END $$`);
}
