import type { KeptSample } from '@assent/templates';

/** How new versions of templates are paced. */
export interface Pacing {
  /** Messages that go before it is known how people take them. */
  size: number;
  /** For how long the rest waits for reactions to them, in milliseconds. */
  holdMs: number;
}

/** As it is configured. */
export function pacingOf(settings: { TEMPLATE_SAMPLE: number; TEMPLATE_HOLD_MINUTES: number }): Pacing {
  return { size: settings.TEMPLATE_SAMPLE, holdMs: settings.TEMPLATE_HOLD_MINUTES * 60_000 };
}

/** The messages of a version of a template that go first; a batch changes it. */
export interface TemplateSample {
  versionId: string;
  /** When the first of it was taken; null: none was. */
  beganAt: Date | null;
  used: number;
  /** Over all of it, how many milliseconds after `beganAt` each may be visible. */
  outMs: number;
  /** When it was over: nothing of the version is paced any more. Null: it is not. */
  passedAt: Date | null;
}

/** The sample that a version stands in: the last one, or a new one where that was another version's or has failed. */
export function sampleOfVersion(versionId: string, last: KeptSample | null): TemplateSample {
  if (last?.versionId !== versionId || (last.failedAt && last.failedAt > last.beganAt))
    return { versionId, beganAt: null, used: 0, outMs: 0, passedAt: null };
  const { beganAt, used, outMs, passedAt } = last;
  return { versionId, beganAt, used, outMs, passedAt: passedAt && passedAt > beganAt ? passedAt : null };
}

/** A message that may not be visible before that counts as going then: one person's long pause holds up nobody else. */
const LONGEST_OUT_MS = 24 * 60 * 60 * 1000;

/**
 * Until when the rest waits: until the messages of the sample have been out for long enough on average. Whose template
 * trickles waits for nothing, since half of its sample has been out for long when it is full; what was taken by night is
 * judged by day.
 */
export function heldUntil({ beganAt, used, outMs }: TemplateSample, holdMs: number): Date | null {
  return beganAt && new Date(beganAt.getTime() + Math.ceil(outMs / used) + holdMs);
}

/** Whether nothing of the version is paced any more. */
export function isOver(sample: TemplateSample, { size, holdMs }: Pacing, at: Date): boolean {
  const until = heldUntil(sample, holdMs);
  return sample.passedAt !== null || (sample.used >= size && until !== null && at >= until);
}

/** Until when a message at `at` waits behind the sample; null: it need not. */
export function judgeSample(sample: TemplateSample, pacing: Pacing, at: Date): Date | null {
  return sample.used < pacing.size || isOver(sample, pacing, at) ? null : heldUntil(sample, pacing.holdMs);
}

/**
 * Takes a message that need not wait into the sample, in place, where that is not over.
 * @param goesAt when it may be visible, as far as is known
 */
export function takeSample(
  sample: TemplateSample,
  size: number,
  { now, goesAt }: { now: Date; goesAt: Date },
): void {
  if (sample.used >= size) {
    sample.passedAt = now;
    return;
  }
  sample.beganAt ??= now;
  sample.used += 1;
  const waitMs = Math.min(goesAt.getTime() - now.getTime(), LONGEST_OUT_MS);
  sample.outMs += now.getTime() - sample.beganAt.getTime() + waitMs;
}

/** What became of the sample that a message waits behind. */
export interface PacedMessage {
  /** When it was accepted, or the time that it was scheduled for. */
  since: Date;
  /** Until when it waits at most. */
  until: Date;
  /** When a sample of its template last was over, and when one last failed; null: never. */
  passedAt: Date | null;
  failedAt: Date | null;
}

/** Whether people took that sample badly while the message waited: then it is not sent. */
export function failedBefore({ since, until, failedAt }: PacedMessage): boolean {
  return failedAt !== null && failedAt > since && failedAt < until;
}

/** Until when it waits; null: it need not any more. */
export function pacedUntil({ since, until, passedAt }: PacedMessage, at: Date): Date | null {
  return (passedAt !== null && passedAt > since) || at >= until ? null : until;
}
