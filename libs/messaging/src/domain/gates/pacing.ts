import { limitAt } from '@assent/accounts';
import { failedBefore, judgeSample, pacedUntil, takeSample, type TemplateSample } from '@assent/limits';
import { deferred, limited, refused } from '../decision.js';
import type { DispatchFacts, Draft, SendingFacts } from '../facts.js';
import type { Gate } from './gate.js';
import { passesFrom } from './override.js';

/** What a message got of the sample of its template. */
export interface SpentSample {
  /** Until when it waits at most for reactions to that. */
  pacedUntil: Date | null;
  /** The sample, where it changed; others of the batch may change it further. */
  sample: TemplateSample | null;
}

/** The sample that a message counts to; undefined: to none, as codes do, which people wait for, and what is only tested. */
export function sampleOf(
  { purpose, template }: Draft,
  { business }: DispatchFacts,
): TemplateSample | undefined {
  return purpose === 'AUTHENTICATION' || business.isSandbox ? undefined : (template?.sample ?? undefined);
}

/** How many messages a sample of the business has at a time. */
export function sampleSizeAt({ business, pacing }: SendingFacts, at: Date): number {
  return limitAt(business.overrides, 'TEMPLATE_SAMPLE', pacing.size, at);
}

/** Counts an accepted message to its sample, in place, or lets it wait behind that. `goesAt`: when it may be visible. */
export function spendSample(draft: Draft, facts: SendingFacts, goesAt: Date): SpentSample {
  const { now, pacing } = facts;
  const sample = sampleOf(draft, facts);
  const size = sampleSizeAt(facts, now);
  const pacedUntil = sample ? judgeSample(sample, { ...pacing, size }, now) : null;
  if (!sample || sample.passedAt || pacedUntil) return { pacedUntil, sample: null };
  takeSample(sample, size, { now, goesAt });
  return { pacedUntil, sample };
}

/**
 * The sample of a new version goes at once; what comes behind it waits until it is known how people take that. Where an
 * admin's limit ends before, a message that was not to wait may be one of a larger sample then.
 */
export const pacingGate: Gate<SendingFacts> = (draft, facts) => {
  const { business, now, pacing } = facts;
  const sample = sampleOf(draft, facts);
  if (!sample) return undefined;
  const waits = (at: Date) => judgeSample(sample, { ...pacing, size: sampleSizeAt(facts, at) }, at);
  const until = waits(now);
  if (!until) return undefined;
  const passes =
    draft.whenLimited === 'DEFER'
      ? until
      : passesFrom(business.overrides, ['TEMPLATE_SAMPLE'], now, (at) => waits(at) ?? at);
  return limited('TEMPLATE_PACING', passes, draft.whenLimited);
};

/** What came behind a sample waits until reactions allow it, or its time is up, and ends where people took that badly. */
export const pacedGate: Gate<DispatchFacts> = ({ paced }, { now }) => {
  if (!paced) return undefined;
  if (failedBefore(paced)) return refused('TEMPLATE_SAMPLE_FAILED');
  const until = pacedUntil(paced, now);
  return until ? deferred('TEMPLATE_PACING', until) : undefined;
};
