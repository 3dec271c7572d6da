const HOUR_MS = 3_600_000;
/** How long the first pauses last; the one after them disables. As the WhatsApp Business Platform has it. */
const STEPS_MS = [3 * HOUR_MS, 6 * HOUR_MS];
/** A template that goes this long after its last pause without another one begins anew. */
export const FORGIVEN_AFTER_MS = 7 * 24 * HOUR_MS;

/** How far down the ladder a template is. */
export interface PauseState {
  pauseCount: number;
  pausedUntil: Date | null;
  disabledAt: Date | null;
}

/** What a further pause does. */
export type PauseStep =
  | { kind: 'ALREADY_STOPPED' }
  | { kind: 'PAUSED'; pauseCount: number; until: Date }
  | { kind: 'DISABLED'; pauseCount: number };

/**
 * The next step at a time: 3 hours, then 6, then disabled. A template that is paused or disabled already takes no step,
 * so that the reactions to one wave of messages count once.
 */
export function nextPause({ pauseCount, pausedUntil, disabledAt }: PauseState, at: Date): PauseStep {
  if (disabledAt || (pausedUntil && pausedUntil > at)) return { kind: 'ALREADY_STOPPED' };
  const forgiven = !pausedUntil || at.getTime() - pausedUntil.getTime() >= FORGIVEN_AFTER_MS;
  const before = forgiven ? 0 : pauseCount;
  const length = STEPS_MS[before];
  return length === undefined
    ? { kind: 'DISABLED', pauseCount: before + 1 }
    : { kind: 'PAUSED', pauseCount: before + 1, until: new Date(at.getTime() + length) };
}
