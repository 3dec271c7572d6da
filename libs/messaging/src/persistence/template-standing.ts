import type { PacedMessage } from '@assent/limits';
import { timeOf } from '@assent/platform';
import type { TemplateFacts } from '../domain/facts.js';

/** How the template of a message that was accepted stands now. */
export interface StandingRow {
  /** Null: it is free-form. */
  template_id: string | null;
  paused_until: Date | null;
  disabled_at: Date | null;
  /** Null: it did not come behind a sample. */
  paced_until: Date | null;
  passed_at: Date | null;
  failed_at: Date | null;
}

/** Columns of `joinStanding`. */
export const STANDING = 't.paused_until, t.disabled_at, s.passed_at, s.failed_at';

/** Joins the template of a message, and the sample that it waits behind; as of after the locks, and not locked: a pause counts from the next decision. */
export function joinStanding(message: string): string {
  return `LEFT JOIN template t ON t.id = ${message}.template_id
      LEFT JOIN template_sample s ON s.template_id = ${message}.template_id AND ${message}.paced_until IS NOT NULL`;
}

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

/** What a message waits for behind a sample. Its id says when it was accepted; what is scheduled waits from its time on. */
export function pacedOf(
  id: string,
  { paced_until, passed_at, failed_at }: StandingRow,
  sendAt: Date | null = null,
): PacedMessage | null {
  if (paced_until === null) return null;
  const since = sendAt ?? new Date(timeOf(id));
  return { since, until: paced_until, passedAt: passed_at, failedAt: failed_at };
}
