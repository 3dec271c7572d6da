import type { BusinessStatus } from './business-states.js';

/** How many people a business may start to message in any 24 hours; what each tier means in numbers is configuration. */
export const ReachTier = {
  TIER_250: 'TIER_250',
  TIER_2K: 'TIER_2K',
  TIER_10K: 'TIER_10K',
  TIER_100K: 'TIER_100K',
  UNLIMITED: 'UNLIMITED',
} as const;
export type ReachTier = keyof typeof ReachTier;

/** An organisation with an account. */
export interface Business {
  id: string;
  displayName: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  status: BusinessStatus;
  reachTier: ReachTier;
  createdAt: Date;
}

/** What a person may see of a business; `id` is the public one. */
export interface Profile {
  id: string;
  displayName: string;
  country: string;
  verified: boolean;
}
