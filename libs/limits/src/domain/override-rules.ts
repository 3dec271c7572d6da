import type { LimitKind } from '@assent/accounts';

/** What values a limit of this kind can be set to, both included. */
export const OVERRIDE_RANGES: Readonly<Record<LimitKind, { from: number; to: number }>> = {
  REACH_PLACES: { from: 0, to: 100_000_000 },
  THROUGHPUT: { from: 1, to: 100_000 },
  PAIR_INTERVAL: { from: 1, to: 86_400_000 },
  PAIR_BURST: { from: 1, to: 10_000 },
  MATCH_DAILY: { from: 0, to: 1_000_000_000 },
  MATCH_MONTHLY: { from: 0, to: 1_000_000_000 },
  MARKETING_WEEKLY: { from: 0, to: 1_000 },
  TEMPLATE_SAMPLE: { from: 1, to: 1_000_000 },
};

/** An override runs for this long at most; what is to last is set again by somebody who still wants it. */
export const LONGEST_OVERRIDE_MS = 366 * 24 * 60 * 60 * 1000;

/** A limit that an admin set for one business. */
export interface StoredOverride {
  id: string;
  businessId: string;
  kind: LimitKind;
  value: number;
  reason: string;
  setBy: string;
  setAt: Date;
  endsAt: Date;
  /** Null: nobody ended it; it runs, or ran, until `endsAt`. */
  endedAt: Date | null;
  endedBy: string | null;
  endReason: string | null;
}
