import type { TestPlatform } from '../support/platform.js';

/** What stood against kill switches, by the times at which transactions really committed. */
export interface SwitchViolations {
  /** Covered messages that entered an inbox while the switch was in force. */
  visible: number;
  /** Covered messages that were accepted while it was. */
  accepted: number;
}

/**
 * The oracle of kill switches that nobody has lifted, of businesses, templates and marketing: it asks PostgreSQL when each transaction
 * committed (`track_commit_timestamp`), so it depends on no clock or order of the platform's own.
 */
export async function switchViolations({ database }: TestPlatform): Promise<SwitchViolations> {
  const [found] = await database.sql<SwitchViolations & Record<string, unknown>>(`
    WITH switch AS MATERIALIZED (
      SELECT kind, business_id, template_id, pg_xact_commit_timestamp(xmin) AS at FROM kill_switch WHERE ended_at IS NULL
    ), covered AS MATERIALIZED (
      SELECT m.lane, m.person_id, m.id, min(switch.at) AS off_at
      FROM message m JOIN switch ON (switch.business_id IS NULL OR switch.business_id = m.business_id)
        AND (switch.template_id IS NULL OR switch.template_id = m.template_id)
        AND (switch.kind <> 'MARKETING' OR m.purpose = 'MARKETING')
      GROUP BY m.lane, m.person_id, m.id
    )
    SELECT count(*) FILTER (WHERE pg_xact_commit_timestamp(i.xmin) > off_at)::int AS visible,
      count(*) FILTER (WHERE pg_xact_commit_timestamp(k.xmin) > off_at)::int AS accepted
    FROM covered c LEFT JOIN idempotency k ON k.message_id = c.id
    LEFT JOIN inbox_entry i ON i.lane = c.lane AND i.person_id = c.person_id AND i.message_id = c.id`);
  if (!found) throw new Error('The oracle is silent');
  return found;
}
