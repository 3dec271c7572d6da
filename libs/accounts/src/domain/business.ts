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

/** What a business does, as people look for it. */
export const BusinessCategory = {
  EDUCATION: 'EDUCATION',
  FINANCE: 'FINANCE',
  FOOD: 'FOOD',
  GOVERNMENT: 'GOVERNMENT',
  HEALTH: 'HEALTH',
  LOGISTICS: 'LOGISTICS',
  MEDIA: 'MEDIA',
  NONPROFIT: 'NONPROFIT',
  PROFESSIONAL: 'PROFESSIONAL',
  RETAIL: 'RETAIL',
  TELECOM: 'TELECOM',
  TRAVEL: 'TRAVEL',
  UTILITIES: 'UTILITIES',
  OTHER: 'OTHER',
} as const;
export type BusinessCategory = keyof typeof BusinessCategory;

/** An organisation with an account. */
export interface Business {
  id: string;
  displayName: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  status: BusinessStatus;
  reachTier: ReachTier;
  /** As its last approved verification says; null: it named none. */
  category: BusinessCategory | null;
  createdAt: Date;
}

/** What a person may see of a business; `id` is the public one. */
export interface Profile {
  id: string;
  displayName: string;
  country: string;
  category: BusinessCategory | null;
  verified: boolean;
}
