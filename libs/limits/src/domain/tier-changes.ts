import type { ReachTier } from './reach.js';

/** Why a reach tier changed: an admin verified the business, half of its places were used, or an admin set it. */
export const TierCause = { VERIFICATION: 'VERIFICATION', USE: 'USE', ADMIN: 'ADMIN' } as const;
export type TierCause = keyof typeof TierCause;

/** What a raise by use rests on. */
export interface TierGrounds {
  /** Different people that the business started to message in 7 days. */
  people: number;
  /** Places of the tier that it had. */
  places: number;
  quality: string;
}

/** One change of a business's reach tier. */
export interface TierChange {
  id: string;
  businessId: string;
  from: ReachTier;
  to: ReachTier;
  cause: TierCause;
  /** Null: it was not raised by use. */
  grounds: TierGrounds | null;
  /** Null: no admin set it. */
  reason: string | null;
  changedBy: string | null;
  changedAt: Date;
}
