import { describe, expect, it } from '@jest/globals';
import { BusinessStatus, mayMove, type Mover } from './business-states.js';

const STATES = Object.values(BusinessStatus);
const MOVERS: Mover[] = ['MEMBER', 'ADMIN'];

/** Written out again, so that a change of the table has to be meant twice. */
const ALLOWED = [
  'UNVERIFIED → PENDING by MEMBER',
  'PENDING → VERIFIED by ADMIN',
  'PENDING → UNVERIFIED by ADMIN',
  'VERIFIED → SUSPENDED by ADMIN',
  'SUSPENDED → VERIFIED by ADMIN',
];

const CELLS = STATES.flatMap((from) => STATES.flatMap((to) => MOVERS.map((mover) => ({ from, to, mover }))));

describe('the states of a business', () => {
  it.each(CELLS)('$from → $to by $mover is as the table says', ({ from, to, mover }) => {
    expect(mayMove(from, to, mover)).toBe(ALLOWED.includes(`${from} → ${to} by ${mover}`));
  });

  it('let no business verify, suspend or reinstate itself', () => {
    for (const from of STATES) {
      for (const to of ['VERIFIED', 'SUSPENDED'] as const) expect(mayMove(from, to, 'MEMBER')).toBe(false);
    }
  });
});
