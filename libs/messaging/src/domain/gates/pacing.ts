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

/**
 * The sample that a message counts to; undefined: to none, as codes do, which people wait for, what is only tested, and
 * what has waited behind one.
 */
export function sampleOf(
  { purpose, template, paced }: Draft,
  { business }: DispatchFacts,
): TemplateSample | undefined {
  if (purpose === 'AUTHENTICATION' || business.isSandbox || paced) return undefined;
  return template?.sample ?? undefined;
}

/** How many messages a sample of the business has at a time. */
export function sampleSizeAt({ business, pacing }: SendingFacts, at: Date): number {
  return limitAt(business.overrides, 'TEMPLATE_SAMPLE', pacing.size, at);
}

/** Until when a message waits behind the sample of its template; null: it need not. */
export function pacedUntilAt(draft: Draft, facts: SendingFacts, at = facts.now): Date | null {
  const sample = sampleOf(draft, facts);
  return sample ? judgeSample(sample, { ...facts.pacing, size: sampleSizeAt(facts, at) }, at) : null;
}

/** Counts an accepted message to its sample, in place, or lets it wait behind that. `goesAt`: when it may be visible. */
export function spendSample(draft: Draft, facts: SendingFacts, goesAt: Date): SpentSample {
  const { now } = facts;
  const sample = sampleOf(draft, facts);
  const pacedUntil = pacedUntilAt(draft, facts);
  if (!sample || sample.passedAt || pacedUntil) return { pacedUntil, sample: null };
  takeSample(sample, sampleSizeAt(facts, now), { now, goesAt });
  return { pacedUntil, sample };
}

/**
 * The sample of a new version goes at once; what comes behind it waits until it is known how people take that. Where an
 * admin's limit ends before, a message that was not to wait may be one of a larger sample then.
 */
export const pacingGate: Gate<SendingFacts> = (draft, facts) => {
  const { business, now } = facts;
  const until = pacedUntilAt(draft, facts);
  if (!until) return undefined;
  const passes =
    draft.whenLimited === 'DEFER'
      ? until
      : passesFrom(
          business.overrides,
          ['TEMPLATE_SAMPLE'],
          now,
          (at) => pacedUntilAt(draft, facts, at) ?? at,
        );
  return limited('TEMPLATE_PACING', passes, draft.whenLimited);
};

/** What came behind a sample waits until reactions allow it, or its time is up, and ends where people took that badly. */
export const pacedGate: Gate<DispatchFacts> = ({ paced }, { now }) => {
  if (!paced) return undefined;
  if (failedBefore(paced)) return refused('TEMPLATE_SAMPLE_FAILED');
  const until = pacedUntil(paced, now);
  return until ? deferred('TEMPLATE_PACING', until) : undefined;
};
