import { type ConsentRecord, sinceOf, standingAfter } from './consent-event.js';
import type { ConsentFact } from './consent-fact.js';

/** A row of the state, with the event that it says it comes from. */
export interface StateWord extends ConsentFact {
  eventId: string;
}

/** What is said of something that is not as it has to be. */
export const AlarmKind = {
  ENTRY_CHANGED: 'ENTRY_CHANGED',
  ENTRY_MISSING: 'ENTRY_MISSING',
  CHAIN_BROKEN: 'CHAIN_BROKEN',
  LEAF_DIFFERS: 'LEAF_DIFFERS',
  STATE_DIFFERS: 'STATE_DIFFERS',
} as const;
export type AlarmKind = keyof typeof AlarmKind;

/** Something that differs. The detail names an entry or a subject, nothing that the person said. */
export interface Difference {
  kind: AlarmKind;
  detail: string;
}

/** An entry as it is stored, and what its hashes are when they are made anew. */
export interface ReplayedEntry {
  record: ConsentRecord;
  /** All hashes in hexadecimal digits. */
  previousHash: string | null;
  hash: string;
  /** Made of record, salt and previousHash. */
  expectedHash: string;
  /** The leaf that the log has for it; null where it has none yet. */
  leafHash: string | null;
  expectedLeafHash: string;
}

/** Derives a person's state anew from their ledger, entry by entry, and notes what does not fit. */
export class LedgerReplay {
  readonly differences: Difference[] = [];
  private seq = 0;
  private head: string | null = null;
  private readonly words = new Map<string, StateWord>();

  /** Takes the next entry. */
  take({ record, previousHash, hash, expectedHash, leafHash, expectedLeafHash }: ReplayedEntry): void {
    const entry = `entry ${record.seq}`;
    if (record.seq !== this.seq + 1) this.differs('ENTRY_MISSING', `before ${entry}`);
    else if (previousHash !== this.head) this.differs('CHAIN_BROKEN', entry);
    if (hash !== expectedHash) this.differs('ENTRY_CHANGED', entry);
    if (leafHash !== null && leafHash !== expectedLeafHash) this.differs('LEAF_DIFFERS', entry);
    this.seq = record.seq;
    this.head = hash;
    const { businessId, subject, standing } = standingAfter(record);
    this.words.set(keyOf({ businessId, subject }), {
      businessId,
      subject,
      standing,
      since: sinceOf(record),
      eventId: record.id,
    });
  }

  /**
   * Compares with what is stored beside the ledger: where it ends, the state, and the leaves of the log.
   * @returns all that differs
   */
  finish(
    end: { seq: number; head: string | null },
    state: readonly StateWord[],
    leafWithoutEntry?: number,
  ): Difference[] {
    if (end.seq !== this.seq) this.differs('ENTRY_MISSING', `between entry ${this.seq} and entry ${end.seq}`);
    else if (end.head !== this.head) this.differs('CHAIN_BROKEN', `the end, entry ${end.seq}`);
    if (leafWithoutEntry !== undefined) this.differs('ENTRY_MISSING', `that of leaf ${leafWithoutEntry}`);
    const stored = new Map(state.map((word) => [keyOf(word), word]));
    for (const key of new Set([...this.words.keys(), ...stored.keys()])) {
      const [derived, found] = [this.words.get(key), stored.get(key)];
      if (!derived || !found) {
        this.differs(
          'STATE_DIFFERS',
          `${scopeOf(derived ?? found)}: ${found ? 'not in the ledger' : 'not there'}`,
        );
      } else if (!isSame(derived, found)) {
        this.differs('STATE_DIFFERS', `${scopeOf(found)}: not what the ledger says`);
      }
    }
    return this.differences;
  }

  private differs(kind: AlarmKind, detail: string): void {
    this.differences.push({ kind, detail });
  }
}

function keyOf({ businessId, subject }: Pick<ConsentFact, 'businessId' | 'subject'>): string {
  return `${businessId}/${subject}`;
}

function isSame(one: StateWord, other: StateWord): boolean {
  return (
    one.standing === other.standing &&
    one.since.getTime() === other.since.getTime() &&
    one.eventId === other.eventId
  );
}

function scopeOf(word: StateWord | undefined): string {
  return `${word?.subject} of ${word?.businessId === null ? 'all businesses' : 'one business'}`;
}
