import { describe, expect, it } from '@jest/globals';
import type { ConsentRecord } from './consent-event.js';
import { undoOf } from './undo-stop.js';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const scope = { businessId: 'b1', purpose: 'MARKETING' } as const;

const event = (action: ConsentRecord['action'], source: string, day: number): ConsentRecord => ({
  ...scope,
  personId: 'p1',
  id: `e${day}`,
  seq: day,
  at: at(day),
  policyVersion: 1,
  action,
  actor: 'PERSON',
  source,
  evidence: null,
});
const undo = (last?: ConsentRecord, before?: ConsentRecord) =>
  undoOf(scope, 'free-text', last, before, 'stop-question').map(({ action, evidence }) => [action, evidence]);

describe('taking back a stop that was none', () => {
  it('lifts it where the person had said nothing before, or had lifted something', () => {
    expect(undo(event('STOP', 'free-text', 3))).toEqual([['LIFT', null]]);
    expect(undo(event('STOP', 'free-text', 3), event('LIFT', 'app', 2))).toEqual([['LIFT', null]]);
  });

  it('lets an opt-in that it ended go on from when it was given', () => {
    const evidence = { kind: 'LEDGER', at: at(1), wordingHash: null, reference: 'e1' };
    expect(undo(event('STOP', 'free-text', 3), event('ALLOW', 'app', 1))).toEqual([
      ['LIFT', null],
      ['ALLOW', evidence],
    ]);
    const given = { kind: 'PAPER_FORM', at: at(1), wordingHash: 'ab', reference: 'form 7' } as const;
    const imported = { ...event('ALLOW', 'import', 2), evidence: given };
    expect(undo(event('STOP', 'free-text', 3), imported)[1]).toEqual([
      'ALLOW',
      { kind: 'LEDGER', at: at(1), wordingHash: 'ab', reference: 'e2' },
    ]);
  });

  it('leaves a stop alone that the person made otherwise, before or after', () => {
    expect(undo(event('STOP', 'free-text', 3), event('STOP', 'app', 2))).toEqual([]);
    expect(undo(event('STOP', 'app', 4), event('STOP', 'app', 4))).toEqual([]);
  });

  it('changes nothing where the person has allowed it again', () => {
    expect(undo(event('ALLOW', 'app', 4), event('ALLOW', 'app', 4))).toEqual([]);
    expect(undo()).toEqual([]);
  });
});
