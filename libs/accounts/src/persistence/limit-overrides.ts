import type { LimitKind, LimitOverrides } from '../domain/limit-overrides.js';

/** A column of `selectLimitOverrides` as it is read: milliseconds, since JSON knows no times. */
export type LimitOverridesColumn = Partial<Record<LimitKind, { value: number; ends: number }>> | null;

/**
 * The overrides of a business that nobody has ended, as one column for a statement that reads the business anyway;
 * whether one still runs is for the decision to say, by its own time. Null: there is none.
 *
 * @param businessId what names the business in that statement
 */
export function selectLimitOverrides(businessId: string): string {
  return `(SELECT jsonb_object_agg(kind, jsonb_build_object('value', value, 'ends', extract(epoch FROM ends_at) * 1000))
    FROM limit_override WHERE business_id = ${businessId} AND ended_at IS NULL)`;
}

/** What a column of `selectLimitOverrides` says. */
export function toLimitOverrides(column: LimitOverridesColumn): LimitOverrides {
  return Object.fromEntries(
    Object.entries(column ?? {}).map(([kind, { value, ends }]) => [kind, { value, endsAt: new Date(ends) }]),
  );
}
