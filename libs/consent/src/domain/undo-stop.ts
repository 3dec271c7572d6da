import { type ConsentChange, type ConsentRecord, sinceOf } from './consent-event.js';
import type { ConsentScope } from './consent-fact.js';

/**
 * What takes a stop back that was none: nothing where the person has had another word in this scope since, or had stopped
 * it themselves before; else a lift, and where it ended an opt-in, that opt-in again, whose term goes on from when it was
 * given.
 *
 * @param mistaken source of the stops that may have been none
 * @param last newest event of the scope
 * @param before newest event of the scope that is no stop of that source
 * @param source what the person's answer came through
 */
export function undoOf(
  scope: ConsentScope,
  mistaken: string,
  last: ConsentRecord | undefined,
  before: ConsentRecord | undefined,
  source: string,
): ConsentChange[] {
  if (last?.action !== 'STOP' || last.source !== mistaken || before?.action === 'STOP') return [];
  const lift = { action: 'LIFT', ...scope, actor: 'PERSON', source, evidence: null } as const;
  if (before?.action !== 'ALLOW' || scope.purpose === null) return [lift];
  const evidence = {
    kind: 'LEDGER',
    at: sinceOf(before),
    wordingHash: before.evidence?.wordingHash ?? null,
    reference: before.id,
  } as const;
  return [lift, { ...lift, action: 'ALLOW', evidence }];
}
