import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks of businesses: endpoints, how far each has been fed with events, deliveries under way, and what was tried. */
export class Webhooks1795392000025 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE partitioned_table ADD keep_days integer CHECK (keep_days > 0)`);
    await db.query(`COMMENT ON COLUMN partitioned_table.keep_days IS
      'Partitions whose youngest row is older are dropped; null: none ever is.'`);
    await db.query(`CREATE FUNCTION assent_drop_partitions() RETURNS integer
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
      DECLARE
        old record;
        dropped integer := 0;
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('assent_ensure_partitions'));
        FOR old IN
          SELECT c.relname FROM partitioned_table p
          JOIN pg_inherits i ON i.inhparent = to_regclass(quote_ident(p.name))
          JOIN pg_class c ON c.oid = i.inhrelid
          WHERE p.keep_days IS NOT NULL
            AND (to_timestamp(substr(c.relname, length(p.name) + 2), CASE p.step WHEN 'day' THEN 'YYYY_MM_DD' ELSE 'YYYY_MM' END)::timestamp
              + ('1 ' || p.step)::interval) AT TIME ZONE 'UTC'
              < assent_now() - p.keep_days * interval '24 hours'
        LOOP
          EXECUTE format('DROP TABLE %I', old.relname);
          dropped := dropped + 1;
        END LOOP;
        RETURN dropped;
      END $$`);
    await db.query(`REVOKE ALL ON FUNCTION assent_drop_partitions() FROM PUBLIC`);
    await db.query(`GRANT EXECUTE ON FUNCTION assent_drop_partitions() TO assent_engine`);
    // Events can be read again for 30 days.
    await db.query(`UPDATE partitioned_table SET keep_days = 35 WHERE name = 'event'`);

    await db.query(`CREATE TYPE webhook_status AS ENUM ('ENABLED', 'PAUSED', 'DISABLED')`);
    // The secret signs, so it is sealed rather than hashed.
    await db.query(`CREATE TABLE webhook_endpoint (
      id uuid PRIMARY KEY,
      business_id uuid NOT NULL REFERENCES business,
      url text NOT NULL CHECK (char_length(url) BETWEEN 1 AND 2048),
      description text NOT NULL CHECK (char_length(description) <= 200),
      types text[] NOT NULL CHECK (cardinality(types) BETWEEN 1 AND 200),
      status webhook_status NOT NULL DEFAULT 'ENABLED',
      disabled_because text CHECK (char_length(disabled_because) <= 60),
      disabled_at timestamptz,
      tell_at timestamptz,
      secret_sealed bytea NOT NULL,
      previous_sealed bytea,
      previous_until timestamptz,
      created_by uuid NOT NULL REFERENCES member,
      created_at timestamptz NOT NULL,
      failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
      failing_since timestamptz,
      resume_at timestamptz,
      slow boolean NOT NULL DEFAULT false,
      last_success_at timestamptz,
      last_failure_at timestamptz,
      CHECK ((status = 'DISABLED') = (disabled_because IS NOT NULL)),
      CHECK ((status = 'DISABLED') = (disabled_at IS NOT NULL)),
      CHECK ((previous_sealed IS NULL) = (previous_until IS NULL)),
      CHECK ((failures = 0) = (failing_since IS NULL))
    ) WITH (fillfactor = 70)`);
    await db.query(`COMMENT ON COLUMN webhook_endpoint.failures IS
      'Attempts that failed since the last one that did not. resume_at: until then it is left alone; tell_at: when its owners are to be mailed that it was disabled.'`);
    await db.query(`CREATE INDEX webhook_endpoint_by_business ON webhook_endpoint (business_id, id)`);
    await db.query(
      `CREATE INDEX webhook_endpoint_untold ON webhook_endpoint (tell_at) WHERE tell_at IS NOT NULL`,
    );

    // How far an endpoint has been fed with the events of its business: one feed goes on for ever, others bring a past
    // range once more. Events are not copied for each endpoint when they happen; so endpoints cost sending nothing.
    await db.query(`CREATE TABLE webhook_feed (
      id uuid PRIMARY KEY,
      endpoint_id uuid NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
      business_id uuid NOT NULL,
      xid xid8 NOT NULL,
      event_id uuid NOT NULL,
      from_at timestamptz NOT NULL,
      until_at timestamptz CHECK (until_at > from_at),
      moved_at timestamptz NOT NULL
    ) WITH (fillfactor = 70)`);
    await db.query(`COMMENT ON TABLE webhook_feed IS
      'xid, event_id: the event behind which it goes on. until_at: null where it goes on for ever.'`);
    await db.query(`CREATE INDEX webhook_feed_by_endpoint ON webhook_feed (endpoint_id)`);
    await db.query(
      `CREATE UNIQUE INDEX webhook_feed_for_ever ON webhook_feed (endpoint_id) WHERE until_at IS NULL`,
    );

    // Only what is under way or is to be tried again: a row goes when it was delivered or given up.
    await db.query(`CREATE TABLE webhook_delivery (
      endpoint_id uuid NOT NULL REFERENCES webhook_endpoint ON DELETE CASCADE,
      event_xid xid8 NOT NULL,
      event_id uuid NOT NULL,
      business_id uuid NOT NULL,
      once boolean NOT NULL DEFAULT false,
      attempts smallint NOT NULL DEFAULT 0,
      began_at timestamptz NOT NULL,
      due_at timestamptz NOT NULL,
      lease_until timestamptz,
      fence bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (endpoint_id, event_xid, event_id)
    ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0)`);
    await db.query(
      `CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at, event_xid, event_id)`,
    );

    await db.query(`CREATE TABLE webhook_attempt (
      endpoint_id uuid NOT NULL,
      id uuid NOT NULL,
      business_id uuid NOT NULL,
      event_xid xid8 NOT NULL,
      event_id uuid NOT NULL,
      event_type text NOT NULL CHECK (char_length(event_type) <= 60),
      attempt smallint NOT NULL CHECK (attempt > 0),
      at timestamptz NOT NULL,
      duration_ms integer NOT NULL CHECK (duration_ms >= 0),
      status_code smallint,
      failure text CHECK (char_length(failure) <= 60),
      retry_at timestamptz,
      PRIMARY KEY (endpoint_id, id)
    ) PARTITION BY RANGE (id)`);
    await db.query(
      `INSERT INTO partitioned_table (name, kind, step, ahead, keep_days) VALUES ('webhook_attempt', 'ID', 'day', 10, 30)`,
    );

    for (const table of ['webhook_endpoint', 'webhook_feed', 'webhook_delivery', 'webhook_attempt']) {
      await db.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
      await db.query(`CREATE POLICY engine ON ${table} TO assent_engine USING (true)`);
      await db.query(`CREATE POLICY own ON ${table} TO assent_business
        USING (business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);
    }
    // A test of an endpoint is the one event that a business makes itself.
    await db.query(`CREATE POLICY test_webhook ON event FOR INSERT TO assent_business WITH CHECK (
      type = 'webhook.test' AND business_id = (SELECT nullif(current_setting('app.business', true), '')::uuid))`);

    await db.query(`GRANT INSERT ON event TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, DELETE, UPDATE (url, description, types, status, disabled_because, disabled_at,
      tell_at, secret_sealed, previous_sealed, previous_until, failures, failing_since, resume_at, slow)
      ON webhook_endpoint TO assent_business`);
    await db.query(`GRANT SELECT, INSERT ON webhook_feed TO assent_business`);
    await db.query(`GRANT SELECT, INSERT, UPDATE (once, attempts, began_at, due_at)
      ON webhook_delivery TO assent_business`);
    await db.query(`GRANT SELECT ON webhook_attempt TO assent_business`);
    await db.query(`GRANT SELECT, UPDATE ON webhook_endpoint TO assent_engine`);
    await db.query(`GRANT SELECT, UPDATE, DELETE ON webhook_feed TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_delivery TO assent_engine`);
    await db.query(`GRANT SELECT, INSERT ON webhook_attempt TO assent_engine`);
    await db.query(`SELECT assent_ensure_partitions()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE webhook_attempt, webhook_delivery, webhook_feed, webhook_endpoint`);
    await db.query(`DELETE FROM partitioned_table WHERE name = 'webhook_attempt'`);
    await db.query(`DROP TYPE webhook_status`);
    await db.query(`REVOKE INSERT ON event FROM assent_business`);
    await db.query(`DROP POLICY test_webhook ON event`);
    await db.query(`DROP FUNCTION assent_drop_partitions()`);
    await db.query(`ALTER TABLE partitioned_table DROP keep_days`);
  }
}
