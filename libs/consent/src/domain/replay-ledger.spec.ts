import { describe, expect, it } from '@jest/globals';
import type { ConsentRecord } from './consent-event.js';
import { LedgerReplay, type ReplayedEntry, type StateWord } from './replay-ledger.js';

const AT = new Date('2026-11-23T12:00:00.000Z');

const record = (seq: number, changes: Partial<ConsentRecord> = {}): ConsentRecord => ({
  personId: 'person',
  id: `event-${seq}`,
  seq,
  at: AT,
  policyVersion: 1,
  actor: 'PERSON',
  source: 'app',
  evidence: null,
  businessId: null,
  action: 'STOP',
  purpose: 'MARKETING',
  ...changes,
});

const entry = (seq: number, changes: Partial<ReplayedEntry> = {}): ReplayedEntry => ({
  record: record(seq),
  previousHash: seq === 1 ? null : `hash-${seq - 1}`,
  hash: `hash-${seq}`,
  expectedHash: `hash-${seq}`,
  leafHash: `leaf-${seq}`,
  expectedLeafHash: `leaf-${seq}`,
  ...changes,
});

const STOPPED: StateWord = {
  businessId: null,
  subject: 'MARKETING',
  standing: 'STOPPED',
  since: AT,
  eventId: 'event-2',
};

function differences(
  entries: ReplayedEntry[],
  state: StateWord[] = [STOPPED],
  end = { seq: 2, head: 'hash-2' as string | null },
) {
  const replay = new LedgerReplay();
  for (const one of entries) replay.take(one);
  return replay.finish(end, state).map(({ kind, detail }) => `${kind} ${detail}`);
}

describe('a ledger that is derived anew', () => {
  it('fits its state, also where an entry has no leaf yet, and where there is nothing at all', () => {
    expect(differences([entry(1), entry(2, { leafHash: null })])).toEqual([]);
    expect(differences([], [], { seq: 0, head: null })).toEqual([]);
  });

  it('takes opt-ins from when they were given, and lifted stops for lifted', () => {
    const given = new Date('2020-01-01T00:00:00.000Z');
    const evidence = { kind: 'PAPER_FORM' as const, at: given, wordingHash: null, reference: null };
    const entries = [
      entry(1, { record: record(1, { action: 'ALLOW', evidence }) }),
      entry(2, { record: record(2, { action: 'LIFT', purpose: 'ADS' }) }),
    ];
    const state: StateWord[] = [
      { ...STOPPED, standing: 'ALLOWED', since: given, eventId: 'event-1' },
      { ...STOPPED, standing: 'LIFTED', subject: 'ADS' },
    ];
    expect(differences(entries, state)).toEqual([]);
  });

  it('names entries that were changed, are missing, or do not follow one another', () => {
    expect(differences([entry(1), entry(2, { expectedHash: 'other' })])).toEqual(['ENTRY_CHANGED entry 2']);
    expect(differences([entry(2)])).toEqual(['ENTRY_MISSING before entry 2']);
    expect(differences([entry(1), entry(2)], undefined, { seq: 3, head: 'hash-3' })).toEqual([
      'ENTRY_MISSING between entry 2 and entry 3',
    ]);
    expect(differences([entry(1), entry(2, { previousHash: 'other' })])).toEqual(['CHAIN_BROKEN entry 2']);
    expect(differences([entry(1), entry(2)], undefined, { seq: 2, head: 'other' })).toEqual([
      'CHAIN_BROKEN the end, entry 2',
    ]);
    expect(differences([entry(1), entry(2, { leafHash: 'other' })])).toEqual(['LEAF_DIFFERS entry 2']);
  });

  it('misses the entry of a leaf, also where the ledger ends before it', () => {
    const replay = new LedgerReplay();
    expect(replay.finish({ seq: 0, head: null }, [], 7)).toEqual([
      { kind: 'ENTRY_MISSING', detail: 'that of leaf 7' },
    ]);
  });

  it('names what in the state differs, lacks or is too much', () => {
    const entries = [entry(1), entry(2)];
    for (const change of [
      { standing: 'ALLOWED' as const },
      { since: new Date(AT.getTime() + 1) },
      { eventId: 'event-1' },
    ]) {
      expect(differences(entries, [{ ...STOPPED, ...change }])).toEqual([
        'STATE_DIFFERS MARKETING of all businesses: not what the ledger says',
      ]);
    }
    expect(differences(entries, [])).toEqual(['STATE_DIFFERS MARKETING of all businesses: not there']);
    expect(differences(entries, [STOPPED, { ...STOPPED, businessId: 'shop', subject: 'BLOCK' }])).toEqual([
      'STATE_DIFFERS BLOCK of one business: not in the ledger',
    ]);
  });
});
