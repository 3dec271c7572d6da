import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Group roles, the clock, and the functions that keep time partitions.
 *
 * The application's login role owns nothing and holds no right of its own: each transaction takes on one of the
 * group roles with `SET LOCAL ROLE`, and that role's grants and row-level policies are all it can do.
 */
export class Ground1795392000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Roles belong to the whole server, so another database of it may have made them already, or be making them now.
    for (const role of ROLES) {
      await db.query(`DO $$ BEGIN
        CREATE ROLE ${role} NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`);
      // Each role goes to the role that migrates (one DATABASE_URL is enough to start) and to the embedded login role.
      await db.query(`DO $$ BEGIN
        GRANT ${role} TO CURRENT_USER;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'assent_app') THEN GRANT ${role} TO assent_app; END IF;
      END $$`);
    }

    // Which migrations ran, so that a process can refuse to start on a schema that is older than its code.
    await db.query(`GRANT SELECT ON migration TO assent_gate`);

    await db.query(
      `CREATE TABLE key_check (version smallint PRIMARY KEY, mac bytea NOT NULL CHECK (octet_length(mac) = 32))`,
    );
    await db.query(`COMMENT ON TABLE key_check IS
      'A MAC under each version of the keys: a database that is opened with other keys is noticed before harm is done.'`);
    await db.query(`GRANT SELECT, INSERT ON key_check TO assent_gate`);

    // The one clock of every decision. Milliseconds, because that is what an answer can name: at its retryAt a
    // request passes, and one millisecond before it does not. Tests that need another time replace this function.
    await db.query(`CREATE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT date_trunc('milliseconds', clock_timestamp()) $$`);

    await db.query(`CREATE FUNCTION assent_uuid_floor(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      AS $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$`);
    await db.query(`COMMENT ON FUNCTION assent_uuid_floor IS
      'The smallest UUIDv7 of a millisecond: the bounds of partitions by id, which are partitions by time.'`);

    await db.query(`CREATE TABLE partitioned_table (
      name text PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('ID', 'TIME')),
      step text NOT NULL CHECK (step IN ('day', 'month')),
      ahead integer NOT NULL CHECK (ahead BETWEEN 1 AND 60)
    )`);
    await db.query(`COMMENT ON TABLE partitioned_table IS
      'Tables partitioned by range of UUIDv7 (ID) or of timestamptz (TIME): step is the width, ahead how many are kept ready.'`);

    // SECURITY DEFINER: the application may ask for partitions to be made, but it owns no table and can make no other.
    await db.query(`CREATE FUNCTION assent_ensure_partitions() RETURNS integer
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        parent partitioned_table%ROWTYPE;
        lower_bound timestamptz;
        upper_bound timestamptz;
        child text;
        made integer := 0;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('assent_ensure_partitions'));
        FOR parent IN SELECT * FROM partitioned_table ORDER BY name LOOP
          FOR step IN -1 .. parent.ahead LOOP
            lower_bound := (date_trunc(parent.step, assent_now() AT TIME ZONE 'UTC') + step * ('1 ' || parent.step)::interval) AT TIME ZONE 'UTC';
            upper_bound := ((lower_bound AT TIME ZONE 'UTC') + ('1 ' || parent.step)::interval) AT TIME ZONE 'UTC';
            child := parent.name || '_' || to_char(lower_bound AT TIME ZONE 'UTC', CASE parent.step WHEN 'day' THEN 'YYYY_MM_DD' ELSE 'YYYY_MM' END);
            CONTINUE WHEN to_regclass(quote_ident(child)) IS NOT NULL;
            IF parent.kind = 'ID' THEN
              EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                child, parent.name, assent_uuid_floor(lower_bound), assent_uuid_floor(upper_bound));
            ELSE
              EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                child, parent.name, lower_bound, upper_bound);
            END IF;
            made := made + 1;
          END LOOP;
        END LOOP;
        RETURN made;
      END $$`);
    await db.query(`REVOKE ALL ON FUNCTION assent_ensure_partitions() FROM PUBLIC`);
    await db.query(`GRANT EXECUTE ON FUNCTION assent_ensure_partitions() TO assent_engine`);

    await db.query(
      `CREATE TYPE purpose AS ENUM ('AUTHENTICATION', 'SERVICE', 'MARKETING', 'MATCHING', 'ADS', 'ANALYTICS')`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TYPE purpose`);
    await db.query(`DROP FUNCTION assent_ensure_partitions()`);
    await db.query(`DROP TABLE partitioned_table`);
    await db.query(`DROP FUNCTION assent_uuid_floor(timestamptz)`);
    await db.query(`DROP FUNCTION assent_now()`);
    await db.query(`DROP TABLE key_check`);
    // The roles stay: another database of the same server may use them.
  }
}

const ROLES = [
  'assent_gate',
  'assent_business',
  'assent_person',
  'assent_admin',
  'assent_engine',
  'assent_eraser',
];
