import type { PersonFacts } from '../domain/facts.js';
import type { Preferences } from '../domain/preferences.js';

/** A row of `person_preference`, or nothing but nulls where there is none. */
export interface PreferencesRow {
  time_zone: string | null;
  quiet_from: string | null;
  quiet_to: string | null;
  marketing_cap: number | null;
  paused_until: Date | null;
}

/** Columns of `person_preference pref` that make a PreferencesRow. */
export const PREFERENCES =
  'pref.time_zone, pref.quiet_from, pref.quiet_to, pref.marketing_cap, pref.paused_until';

export function toPreferences(row: PreferencesRow): Preferences {
  const { quiet_from: from, quiet_to: to } = row;
  return {
    timeZone: row.time_zone,
    quietHours: from !== null && to !== null ? { from, to } : null,
    marketingCap: row.marketing_cap,
    pausedUntil: row.paused_until,
  };
}

/** A row of what decisions ask of a person. */
export type PersonRow = PreferencesRow & { country: string | null; marketing_seen_at: Date[] };

/**
 * SQL: when the newest marketing messages became visible to a person, newest first. As many as the cap: whether the
 * oldest of them still counts is for the decision to say, by the time that it is made at.
 *
 * @param alias what holds lane and person_id
 */
export function selectMarketingSeen(alias: string, cap: string): string {
  return `ARRAY(SELECT seen_at FROM marketing_seen s WHERE s.lane = ${alias}.lane AND s.person_id = ${alias}.person_id
    ORDER BY seen_at DESC LIMIT ${cap})`;
}

export function toPersonFacts(row: PersonRow): PersonFacts {
  return {
    country: row.country,
    preferences: toPreferences(row),
    marketingSeenAt: row.marketing_seen_at,
  };
}
