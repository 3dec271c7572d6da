import { type ConsentFact, judgeConsent } from '@assent/consent';

/** The relation between one business and one person, as the business may know it. */
export interface KnownContact {
  id: string;
  /** The business's own name for the person; null where another contact took it over. */
  externalId: string | null;
  createdAt: Date;
}

/** A person whose number was asked for. */
export interface FoundPerson {
  lane: number;
  personId: string;
  /** The external id that the number was asked for with. */
  externalId: string;
  /** Whether the business has them as a contact already, and under which external id. */
  contact: { externalId: string | null } | null;
}

/**
 * Which of the people that were found change anything: they allow this business to match them, and are no contact yet
 * or one under another external id. `facts` stand in the order of `found`.
 */
export function toMatch(
  found: readonly FoundPerson[],
  facts: readonly (readonly ConsentFact[])[],
): FoundPerson[] {
  return found.filter(
    ({ contact, externalId }, at) =>
      contact?.externalId !== externalId && judgeConsent('MATCHING', facts[at] ?? []).allowed,
  );
}
