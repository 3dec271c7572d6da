import { describe, expect, it } from '@jest/globals';
import { type Claim, type FormerProof, isNewPossession, SAME_POSSESSION_MS } from './possession.js';

const DAY = 86_400_000;
const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);
const NOTHING: Claim = { startAnew: false, signedIn: false };
const aProof = (changes: Partial<FormerProof> = {}): FormerProof => ({
  verifiedAt: ago(DAY),
  since: ago(400 * DAY),
  buried: false,
  ...changes,
});
const isNew = (former: FormerProof, claim: Partial<Claim> = {}) =>
  isNewPossession(former, { ...NOTHING, ...claim }, NOW, 90);

describe('a number that is proved again', () => {
  it('stays with its person for as long as it was proved in the last 90 days', () => {
    expect(isNew(aProof())).toBe(false);
    expect(isNew(aProof({ verifiedAt: ago(90 * DAY) }))).toBe(false);
    expect(isNew(aProof({ verifiedAt: ago(90 * DAY + 1) }))).toBe(true);
  });

  it('stays with a person who is still signed in, however long ago they proved it', () => {
    expect(isNew(aProof({ verifiedAt: ago(500 * DAY) }), { signedIn: true })).toBe(false);
  });

  it('begins anew for who says so, signed in or not', () => {
    expect(isNew(aProof(), { startAnew: true })).toBe(true);
    expect(isNew(aProof(), { startAnew: true, signedIn: true })).toBe(true);
  });

  it('does not begin anew twice within 10 minutes: that is the same owner on another device', () => {
    const justBegun = aProof({ verifiedAt: ago(1_000), since: ago(SAME_POSSESSION_MS - 1) });
    expect(isNew(justBegun, { startAnew: true })).toBe(false);
    expect(isNew({ ...justBegun, since: ago(SAME_POSSESSION_MS) }, { startAnew: true })).toBe(true);
  });

  it('never goes back to a person who was erased, or whose number it is no longer', () => {
    expect(isNew(aProof({ buried: true }), { signedIn: true })).toBe(true);
    expect(isNew(aProof({ verifiedAt: null }), { signedIn: true })).toBe(true);
  });
});
