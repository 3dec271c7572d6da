import type { QualityLevel } from './quality.js';
import { placesOf, REACH_TIERS, type ReachTier } from './reach.js';
import type { TierGrounds } from './tier-changes.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How far back the use of a tier is looked at. */
export const RAISE_WINDOW_MS = 7 * DAY_MS;

/** What a raise is decided on. */
export interface RaiseFacts {
  now: Date;
  verified: boolean;
  tier: ReachTier;
  /** Different people that the business started to message in the last 7 days. */
  people: number;
  quality: QualityLevel;
  restricted: boolean;
  /** When the tier last changed, for whatever cause; null: never. */
  lastChangedAt: Date | null;
}

/**
 * The next tier of a verified business that used at least half of its places in 7 days, at a quality that is not RED,
 * and is not restricted; by one tier, and 24 hours after the last change at the earliest. Undefined: it stays.
 *
 * @param sizes configured places of the limited tiers
 */
export function judgeRaise(
  { now, verified, tier, people, quality, restricted, lastChangedAt }: RaiseFacts,
  sizes: readonly number[],
): { to: ReachTier; grounds: TierGrounds } | undefined {
  const places = placesOf(tier, sizes);
  const to = REACH_TIERS[REACH_TIERS.indexOf(tier) + 1];
  if (!verified || restricted || quality === 'RED' || places === null || !to) return undefined;
  if (people * 2 < places) return undefined;
  if (lastChangedAt && now.getTime() < lastChangedAt.getTime() + DAY_MS) return undefined;
  return { to, grounds: { people, places, quality } };
}
