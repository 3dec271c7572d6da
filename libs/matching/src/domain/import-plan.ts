import { type ConsentFacts, decideImport, type ImportDecision, type ImportedOptIn } from '@assent/consent';

/** What a business is answered about one opt-in; BUSINESS_… where it was suspended in the middle, and is not kept. */
export type ImportAnswer =
  | ImportDecision
  | 'CONTACT_UNKNOWN'
  | 'CORRELATION_CONFLICT'
  | 'BUSINESS_NOT_VERIFIED'
  | 'BUSINESS_SUSPENDED';

/** An opt-in as it was brought in. */
export interface BroughtOptIn extends ImportedOptIn {
  /** Keyed hash of the business and its correlation id, in hex. */
  keyHash: string;
  /** Keyed hash of everything else, in hex. */
  bodyHash: string;
  /** Person behind the contact; undefined: the business has no such contact. */
  personId: string | undefined;
}

/** An answer that was kept. */
export interface EarlierAnswer {
  bodyHash: string;
  answer: ImportAnswer;
}

/** What becomes of one opt-in. */
export interface ImportPlan {
  answer: ImportAnswer;
  /** The same was brought in before, and this is the answer of then. */
  replayed: boolean;
  /** Whether the answer is the first for its correlation id, and is to be kept. */
  first: boolean;
}

/**
 * Plans opt-ins in order, each as if those before it were done. `facts` by person; who is not among them is no more, and
 * answered like somebody who never was.
 */
export function planImport(
  optIns: readonly BroughtOptIn[],
  facts: ReadonlyMap<string, ConsentFacts>,
  earlier: ReadonlyMap<string, EarlierAnswer>,
): ImportPlan[] {
  const answered = new Map(earlier);
  const known = new Map(facts);
  return optIns.map((optIn) => {
    const before = answered.get(optIn.keyHash);
    if (before?.bodyHash === optIn.bodyHash) return { answer: before.answer, replayed: true, first: false };
    if (before) return { answer: 'CORRELATION_CONFLICT', replayed: false, first: false };

    const person = known.get(optIn.personId ?? '');
    const answer = person ? decideImport(optIn, person) : 'CONTACT_UNKNOWN';
    if (person && answer === 'IMPORTED') known.set(optIn.personId ?? '', withOptIn(person, optIn));
    answered.set(optIn.keyHash, { bodyHash: optIn.bodyHash, answer });
    return { answer, replayed: false, first: true };
  });
}

function withOptIn(facts: ConsentFacts, { purpose, evidence }: ImportedOptIn): ConsentFacts {
  // To whom it was said makes no difference to a verdict, other than that it was not said to somebody else.
  const said = { businessId: null, subject: purpose, standing: 'ALLOWED' as const, since: evidence.at };
  return { ...facts, said: [...facts.said, said] };
}
