import type { LimitKind } from '@assent/accounts';

/** Where the higher value lets less through: what a message costs. */
const COSTS: ReadonlySet<LimitKind> = new Set(['PAIR_INTERVAL']);

/** Whether a limit lets more through at one value than at another; null is without limit. */
export function isLooser(kind: LimitKind, value: number | null, than: number | null): boolean {
  if (value === null || than === null) return value === null && than !== null;
  return COSTS.has(kind) ? value < than : value > than;
}
