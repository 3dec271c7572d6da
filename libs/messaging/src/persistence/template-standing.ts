import type { TemplateFacts } from '../domain/facts.js';

/** How the template of a message that was accepted stands now. */
export interface StandingRow {
  /** Null: it is free-form. */
  template_id: string | null;
  paused_until: Date | null;
  disabled_at: Date | null;
}

/** Columns of the joined template `t`; as of after the locks, and not locked itself: a pause counts from the next decision. */
export const STANDING = 't.paused_until, t.disabled_at';

/** It was approved, and its values fitted, when the message was accepted. */
export function standingOf({ template_id, paused_until, disabled_at }: StandingRow): TemplateFacts | null {
  if (template_id === null) return null;
  return {
    known: true,
    approved: true,
    disabled: disabled_at !== null,
    pausedUntil: paused_until,
    misfit: null,
  };
}
