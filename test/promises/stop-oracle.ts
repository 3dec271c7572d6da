import type { TestPlatform } from '../support/platform.js';

/** What stood against each person's last stop of each scope, by the times at which transactions really committed. */
export interface StopViolations {
  /** Covered messages that entered an inbox after the stop. */
  visible: number;
  /** Covered messages that were accepted after it. */
  accepted: number;
  /** Covered messages that were queued at the stop, and that it did not end in its own transaction. */
  left: number;
}

/**
 * The oracle of stops: it asks PostgreSQL when each transaction committed (`track_commit_timestamp`), so it depends on
 * no clock or order of the platform's own.
 */
export async function stopViolations({ database }: TestPlatform): Promise<StopViolations> {
  const [found] = await database.sql<StopViolations & { stops: number }>(`
    WITH stop AS MATERIALIZED (
      SELECT DISTINCT ON (lane, person_id, business_id, purpose) lane, person_id, business_id, purpose,
        pg_xact_commit_timestamp(xmin) AS at
      FROM consent_event WHERE action IN ('STOP', 'BLOCK')
      ORDER BY lane, person_id, business_id, purpose, seq DESC
    ), covered AS MATERIALIZED (
      SELECT m.lane, m.person_id, m.id, min(stop.at) AS stopped_at,
        CASE m.status WHEN 'ACCEPTED' THEN 'infinity' WHEN 'SUPPRESSED' THEN pg_xact_commit_timestamp(m.xmin) END
          AS ended_at
      FROM message m JOIN stop ON stop.lane = m.lane AND stop.person_id = m.person_id
        AND (stop.business_id IS NULL OR stop.business_id = m.business_id)
        AND (stop.purpose IS NULL OR stop.purpose = m.purpose)
      GROUP BY m.lane, m.person_id, m.id, m.status, m.xmin
    ), fate AS MATERIALIZED (
      SELECT c.*, pg_xact_commit_timestamp(k.xmin) AS accepted_at, pg_xact_commit_timestamp(i.xmin) AS shown_at
      FROM covered c LEFT JOIN idempotency k ON k.message_id = c.id
      LEFT JOIN inbox_entry i ON i.lane = c.lane AND i.person_id = c.person_id AND i.message_id = c.id
    )
    SELECT count(*) FILTER (WHERE shown_at > stopped_at)::int AS visible,
      count(*) FILTER (WHERE accepted_at > stopped_at)::int AS accepted,
      count(*) FILTER (WHERE accepted_at < stopped_at AND ended_at > stopped_at)::int AS left
    FROM fate`);
  if (!found) throw new Error('The oracle is silent');
  return found;
}
