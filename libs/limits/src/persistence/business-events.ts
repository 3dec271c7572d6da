import { appendEvents, type Transaction } from '@assent/platform';

/** What the limits tell a business. */
export type LimitsEvent =
  | 'limit_override.changed'
  | 'quality.changed'
  | 'reach_tier.changed'
  | 'restriction.began'
  | 'restriction.ended'
  | 'template_quality.changed';

/** Tells a business by an event, in the transaction of what happened. */
export async function tellBusiness(
  tx: Transaction,
  businessId: string,
  type: LimitsEvent,
  data: Record<string, unknown>,
  at: Date,
): Promise<void> {
  await appendEvents(tx, [{ businessId, type, data, at }]);
}
