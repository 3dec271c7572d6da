import { canonicalJson } from './canonical-json.js';

/** Who does something that the audit log keeps. OPERATOR: somebody at the server itself. */
export const ActorKind = {
  ADMIN: 'ADMIN',
  API_KEY: 'API_KEY',
  MEMBER: 'MEMBER',
  OPERATOR: 'OPERATOR',
} as const;
export type ActorKind = keyof typeof ActorKind;

/** What became of it. */
export const ActOutcome = { DONE: 'DONE', REFUSED: 'REFUSED' } as const;
export type ActOutcome = keyof typeof ActOutcome;

/** The chain of what the operator's staff does; that of a business has its UUID. */
export const OPERATOR_LEDGER = '00000000-0000-0000-0000-000000000000';

/** Something said of an act: members of enums, whole numbers, times and yes or no. Never what somebody wrote. */
export type ActDetail = string | number | boolean | readonly string[];

/** An act, before it has its place in a chain. */
export interface Act {
  /** Whose chain it is in: UUID of a business, or `OPERATOR_LEDGER`. */
  ledger: string;
  actorKind: ActorKind;
  /** UUID of the admin, member or API key; null for the operator. */
  actorId: string | null;
  /** The operation's name. */
  name: string;
  outcome: ActOutcome;
  /** Why it was refused; null where it was done. */
  refusal: string | null;
  /** What it was done to: public ids as the actor sees them, at most `MOST_SUBJECTS`. */
  subjects: readonly string[];
  /** How many there were in all. */
  subjectCount: number;
  /** Why, in the actor's words, where the operation asks for that. */
  reason: string | null;
  details: Readonly<Record<string, ActDetail>>;
}

/** An act that was done as its operation's name says, without anything else to be said of it. */
export function plainAct(act: Pick<Act, 'ledger' | 'actorKind' | 'actorId' | 'name' | 'subjects'>): Act {
  const { length: subjectCount } = act.subjects;
  return { ...act, subjectCount, outcome: 'DONE', refusal: null, reason: null, details: {} };
}

/** An act in its chain. */
export interface ActRecord extends Act {
  id: string;
  /** Position in the chain, from 1, without gaps. */
  seq: number;
  at: Date;
}

/** How many subjects of an act are named. */
export const MOST_SUBJECTS = 100;

/** The record as the one text that is hashed: JSON in the canonical form of RFC 8785. */
export function canonicalAct(record: ActRecord): string {
  const { actorId, actorKind, details, id, ledger, name, outcome, reason, refusal, seq } = record;
  return canonicalJson({
    actorId,
    actorKind,
    details,
    id,
    ledger,
    name,
    outcome,
    reason,
    refusal,
    seq,
    at: record.at.toISOString(),
    subjectCount: record.subjectCount,
    subjects: record.subjects,
  });
}
