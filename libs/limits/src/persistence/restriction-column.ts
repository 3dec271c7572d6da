/** A restriction as decisions know it; `until` null: closure. Whether it is still in force they say by their own time. */
export interface RestrictionFact {
  until: Date | null;
}

/** A column of `selectRestriction` as it is read: milliseconds, since JSON knows no times. */
export type RestrictionColumn = { until: number | null } | null;

/**
 * The restriction of a business that nobody has ended, the newest, which alone can be in force, as one column for a
 * statement that reads the business anyway. Null: there is none.
 *
 * @param businessId what names the business in that statement
 */
export function selectRestriction(businessId: string): string {
  return `(SELECT jsonb_build_object('until', extract(epoch FROM until) * 1000) FROM restriction
    WHERE business_id = ${businessId} AND ended_at IS NULL ORDER BY id DESC LIMIT 1)`;
}

/** What a column of `selectRestriction` says. */
export function toRestrictionFact(column: RestrictionColumn): RestrictionFact | null {
  return column && { until: column.until === null ? null : new Date(column.until) };
}
