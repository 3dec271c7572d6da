import { budgetsOf, type NamedBudget } from './budgets.js';
import { decideSending, otherObjectionsTo } from './decide-sending.js';
import type { Decision, Objection } from './decision.js';
import { type AskedDraft, factsOf, partiesOf, type Situation, spend } from './situation.js';

/** How several drafts are looked at. */
export const PreflightOrder = { IN_SEQUENCE: 'IN_SEQUENCE', EACH_ALONE: 'EACH_ALONE' } as const;
export type PreflightOrder = keyof typeof PreflightOrder;

/** What sending would answer to one draft. */
export interface Foreseen {
  decision: Decision;
  /** What else objects: every other gate, asked by itself. */
  others: Objection[];
  /** What is left of the limits that it meets, before it is sent. */
  budgets: NamedBudget[];
}

/**
 * What sending would answer to drafts: by the very gates and limits of sending, on the same facts. In sequence each
 * sees what the ones before it would have spent, as in one request; the situation is changed in place for that, and
 * nothing else is.
 */
export function foresee(
  drafts: readonly AskedDraft[],
  situation: Situation,
  order: PreflightOrder,
): Foreseen[] {
  return drafts.map((draft) => {
    const parties = partiesOf(draft, situation);
    const facts = factsOf(draft, parties, situation);
    const decision = decideSending(draft, facts);
    const decided = decision.outcome === 'ALLOWED' ? undefined : decision.reason;
    const others = decided ? otherObjectionsTo(draft, facts, decided) : [];
    const budgets = budgetsOf(draft, facts);
    const { business, contact } = parties;
    if (order === 'IN_SEQUENCE' && decision.outcome !== 'REFUSED' && contact)
      spend(draft, decision, { business, contact }, facts);
    return { decision, others, budgets };
  });
}
