import { type Statement, uuid7 } from '@assent/platform';

/** What the limits tell a business. */
export type LimitsEvent =
  | 'limit_override.changed'
  | 'quality.changed'
  | 'reach_tier.changed'
  | 'restriction.began'
  | 'restriction.ended'
  | 'template_quality.changed';

/** Adds an event to those of a business, which it reads in the order in which they committed. */
export function tellBusiness(
  businessId: string,
  type: LimitsEvent,
  data: Record<string, unknown>,
  at: Date,
): Statement {
  return {
    text: 'INSERT INTO event (business_id, id, type, data, at) VALUES ($1, $2, $3, $4, $5)',
    values: [businessId, uuid7(at.getTime()), type, JSON.stringify(data), at],
  };
}
