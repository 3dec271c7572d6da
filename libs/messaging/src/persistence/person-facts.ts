import type { MarketingLimits } from '@assent/limits';
import type { Configuration } from '@assent/platform';
import type { MarketingOfBusiness, PersonFacts } from '../domain/facts.js';
import type { Preferences } from '../domain/preferences.js';
import type { Validity } from '../domain/validity.js';

/** A row of `person_preference`, or nothing but nulls where there is none. */
export interface PreferencesRow {
  time_zone: string | null;
  quiet_from: string | null;
  quiet_to: string | null;
  marketing_cap: number | null;
  weekly_marketing_cap: number | null;
  interruption_cap: number | null;
  paused_until: Date | null;
  sms_fallback: boolean | null;
}

/** Columns of `person_preference pref` that make a PreferencesRow. */
export const PREFERENCES = `pref.time_zone, pref.quiet_from, pref.quiet_to, pref.marketing_cap, pref.weekly_marketing_cap,
  pref.interruption_cap, pref.paused_until, pref.sms_fallback`;

export function toPreferences(row: PreferencesRow): Preferences {
  const { quiet_from: from, quiet_to: to } = row;
  return {
    timeZone: row.time_zone,
    quietHours: from !== null && to !== null ? { from, to } : null,
    marketingCap: row.marketing_cap,
    weeklyMarketingCap: row.weekly_marketing_cap,
    interruptionCap: row.interruption_cap,
    pausedUntil: row.paused_until,
    smsFallback: row.sms_fallback ?? false,
  };
}

/** A row of what decisions ask of a person. */
export type PersonRow = PreferencesRow & {
  country: string | null;
  marketing_seen_at: Date[];
  interrupted_at: Date[];
};

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

/**
 * SQL: when the newest messages but AUTHENTICATION became visible to a person, newest first, as many as their budget;
 * for the many who have none nothing is read. A message becomes visible at most 65 days after it was accepted (35
 * of a schedule, 30 of its validity), which is what its id tells: older partitions are left out.
 *
 * @param alias what holds lane and person_id; `pref` is their row of person_preference
 */
export function selectInterrupted(alias: string): string {
  return `CASE WHEN pref.interruption_cap IS NULL THEN '{}'::timestamptz[] ELSE ARRAY(
    SELECT m.dispatched_at FROM inbox_entry e JOIN message m ON m.lane = e.lane AND m.id = e.message_id
    WHERE e.lane = ${alias}.lane AND e.person_id = ${alias}.person_id
      AND e.message_id >= (SELECT assent_uuid_floor(assent_now() - interval '66 days')) AND m.purpose <> 'AUTHENTICATION'
    ORDER BY e.inbox_seq DESC LIMIT pref.interruption_cap) END`;
}

/** What a person saw of a business's marketing, of its row of contact_state; nulls where there is none. */
export interface MarketingRow {
  marketing_seen: Date[] | null;
  marketing_unread: number | null;
}

export function toMarketing({ marketing_seen, marketing_unread }: MarketingRow): MarketingOfBusiness {
  return { seenAt: marketing_seen ?? [], unread: marketing_unread ?? 0 };
}

/** What the operator lets a person see of marketing. */
export function marketingLimits(settings: Configuration['settings']): MarketingLimits {
  return {
    daily: settings.MARKETING_CAP_DAILY,
    weekly: settings.MARKETING_CAP_WEEKLY,
    mostUnread: settings.MARKETING_MOST_UNREAD,
  };
}

/** How long messages are worth showing that do not say so. */
export function validityByDefault(settings: Configuration['settings']): Validity {
  return {
    AUTHENTICATION: settings.VALIDITY_AUTHENTICATION_SECONDS * 1_000,
    SERVICE: settings.VALIDITY_SERVICE_SECONDS * 1_000,
    MARKETING: settings.VALIDITY_MARKETING_SECONDS * 1_000,
  };
}

export function toPersonFacts(row: PersonRow): PersonFacts {
  return {
    country: row.country,
    preferences: toPreferences(row),
    marketingSeenAt: row.marketing_seen_at,
    interruptedAt: row.interrupted_at,
  };
}
