/** Resets in any 24 hours: each leaves people behind, who are then erased. */
export const MOST_RESETS = 10;
export const RESET_WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * When test mode can be reset again; null: now.
 * @param madeAt when the sandboxes of the window were made, oldest first
 */
export function resetAgainAt(madeAt: readonly Date[]): Date | null {
  const inTheWay = madeAt.at(-MOST_RESETS);
  return inTheWay ? new Date(inTheWay.getTime() + RESET_WINDOW_MS) : null;
}
