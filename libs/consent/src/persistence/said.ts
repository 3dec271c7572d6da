/**
 * SQL for what people said to a business or to the whole platform. A stop under way counts as one. Whatever
 * decides reads it by this. To be read in a statement after the people's guards were locked.
 *
 * @param key what each row is answered under, as the first column
 * @param from tables that hold, under `alias`, the columns lane, person_id and business_id
 */
export function selectSaid(key: string, from: string, alias: string): string {
  const concerns = (said: string) => `${said}.lane = ${alias}.lane AND ${said}.person_id = ${alias}.person_id
    AND (${said}.business_id IS NULL OR ${said}.business_id = ${alias}.business_id)`;
  return `SELECT ${key}, s.business_id, s.subject, s.standing, s.since
    FROM ${from} JOIN consent_state s ON ${concerns('s')}
    UNION ALL
    SELECT ${key}, i.business_id, i.subject, 'STOPPED', i.created_at
    FROM ${from} JOIN stop_intent i ON ${concerns('i')}`;
}
