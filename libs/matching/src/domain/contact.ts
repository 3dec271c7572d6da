import { type ConsentFacts, type ConsentVerdict, judgeConsent, type Purpose } from '@assent/consent';

/** The relation between one business and one person, as the business may know it. */
export interface KnownContact {
  id: string;
  /** The business's own name for the person; null where another contact took it over. */
  externalId: string | null;
  createdAt: Date;
}

/** A person whose number was asked for. */
export interface NumberOwner {
  lane: number;
  personId: string;
  /** The external id that the number was asked for with. */
  externalId: string;
}

/** The same as the business knows them. */
export interface FoundPerson extends NumberOwner {
  /** Whether the business has them as a contact already, and under which external id. */
  contact: { externalId: string | null } | null;
}

/**
 * Which of the people that were found change anything: they allow this business to match them, and are no contact yet
 * or one under another external id. `facts` stand in the order of `found`.
 */
export function toMatch(found: readonly FoundPerson[], facts: readonly ConsentFacts[]): FoundPerson[] {
  return found.filter(({ contact, externalId }, at) => {
    const consent = facts[at];
    return contact?.externalId !== externalId && consent && judgeConsent('MATCHING', consent).allowed;
  });
}

/** What a business is told about one purpose of a contact. */
export interface DisclosedConsent {
  allowed: boolean;
  rule: DisclosedRule;
  since: Date | null;
  /** Version of the policy that was asked. */
  policyVersion: number;
}

/** The rule that decided, as far as a business is told: that it was stopped, not whether for this business or for all. */
export type DisclosedRule = Exclude<ConsentVerdict['rule'], `STOPPED_${string}`> | 'STOPPED';

/**
 * Judges a purpose for the eyes of the business. The time is told only of what the person said to this very business:
 * a time that several businesses were told would let them find out that they know the same person.
 */
export function discloseConsent(purpose: Purpose, facts: ConsentFacts): DisclosedConsent {
  const verdict = judgeConsent(purpose, facts);
  const toThisBusiness = judgeConsent(purpose, {
    ...facts,
    said: facts.said.filter(({ businessId }) => businessId !== null),
  });
  const rule = disclosed(verdict.rule);
  return {
    allowed: verdict.allowed,
    rule,
    since: (disclosed(toThisBusiness.rule) === rule && toThisBusiness.since) || null,
    policyVersion: facts.policy.version,
  };
}

function disclosed(rule: ConsentVerdict['rule']): DisclosedRule {
  switch (rule) {
    case 'STOPPED_EVERYTHING':
    case 'STOPPED_BUSINESS':
    case 'STOPPED_PURPOSE':
      return 'STOPPED';
    default:
      return rule;
  }
}

/** The external ids of a call that must leave the contacts that have them: all but those that stay where they are. */
export function externalIdsToMove(
  asked: readonly { externalId: string }[],
  found: readonly FoundPerson[],
): string[] {
  const staying = new Set(
    found
      .filter(({ contact, externalId }) => contact?.externalId === externalId)
      .map(({ externalId }) => externalId),
  );
  return asked.map(({ externalId }) => externalId).filter((externalId) => !staying.has(externalId));
}
