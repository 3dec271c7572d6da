import { describe, expect, it } from '@jest/globals';
import { FORGIVEN_AFTER_MS, nextPause, type PauseState } from './pause-ladder.js';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;
const at = (milliseconds: number) => new Date(START + milliseconds);
const NEW: PauseState = { pauseCount: 0, pausedUntil: null, disabledAt: null };

describe('the ladder of pauses', () => {
  it('is 3 hours, 6 hours, disabled', () => {
    expect(nextPause(NEW, at(0))).toEqual({ kind: 'PAUSED', pauseCount: 1, until: at(3 * HOUR) });
    const once = { ...NEW, pauseCount: 1, pausedUntil: at(3 * HOUR) };
    expect(nextPause(once, at(3 * HOUR))).toEqual({ kind: 'PAUSED', pauseCount: 2, until: at(9 * HOUR) });
    const twice = { ...NEW, pauseCount: 2, pausedUntil: at(9 * HOUR) };
    expect(nextPause(twice, at(9 * HOUR))).toEqual({ kind: 'DISABLED', pauseCount: 3 });
  });

  it('takes no step while a template is stopped', () => {
    const paused = { ...NEW, pauseCount: 1, pausedUntil: at(HOUR) };
    expect(nextPause(paused, at(HOUR - 1))).toEqual({ kind: 'ALREADY_STOPPED' });
    expect(nextPause({ ...paused, disabledAt: at(0) }, at(9 * HOUR))).toEqual({ kind: 'ALREADY_STOPPED' });
  });

  it('begins anew for a template that did without for 7 days', () => {
    const twice = { ...NEW, pauseCount: 2, pausedUntil: at(0) };
    expect(nextPause(twice, at(FORGIVEN_AFTER_MS - 1))).toMatchObject({ kind: 'DISABLED' });
    expect(nextPause(twice, at(FORGIVEN_AFTER_MS))).toMatchObject({ kind: 'PAUSED', pauseCount: 1 });
  });
});
