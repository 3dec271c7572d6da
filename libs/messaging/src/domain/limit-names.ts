/** Limits as a business knows them. */
export const LimitName = {
  REACH_TIER: 'REACH_TIER',
  THROUGHPUT: 'THROUGHPUT',
  PAIR_LIMIT: 'PAIR_LIMIT',
  BUSINESS_MARKETING_CAP: 'BUSINESS_MARKETING_CAP',
  MARKETING_CAP: 'MARKETING_CAP',
  TEMPLATE_SAMPLE: 'TEMPLATE_SAMPLE',
  MATCH_DAILY: 'MATCH_DAILY',
  MATCH_MONTHLY: 'MATCH_MONTHLY',
} as const;
export type LimitName = keyof typeof LimitName;
