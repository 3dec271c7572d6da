import { describe, expect, it } from '@jest/globals';
import { failedBefore, heldUntil, judgeSample, pacedUntil, sampleOfVersion, takeSample } from './sample.js';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.UTC(2026, 10, 23, 12) + hours * HOUR);
const pacing = { size: 4, holdMs: HOUR };

/** A sample of which these messages were taken: when, and how many hours later each may be visible. */
function taken(...messages: [hours: number, wait?: number][]) {
  const sample = sampleOfVersion('v', null);
  for (const [hours, wait = 0] of messages)
    takeSample(sample, pacing.size, { now: at(hours), goesAt: at(hours + wait) });
  return sample;
}

describe('the sample of a new version', () => {
  it('is full with its last message, and holds the rest back until it has been out for long enough', () => {
    const three = taken([0], [0], [0]);
    expect(judgeSample(three, pacing, at(0))).toBeNull();
    const four = taken([0], [0], [0], [0]);
    expect(judgeSample(four, pacing, at(0))).toEqual(at(1));
    expect(judgeSample(four, pacing, new Date(at(1).getTime() - 1))).toEqual(at(1));
    expect(judgeSample(four, pacing, at(1))).toBeNull();
  });

  it('is over for good with the first message after that, also where an admin makes it larger', () => {
    const sample = taken([0], [0], [0], [0], [1]);
    expect(sample).toMatchObject({ used: 4, passedAt: at(1) });
    expect(judgeSample(sample, { ...pacing, size: 5 }, at(1))).toBeNull();
  });

  it('holds nobody up whose messages trickle', () => {
    expect(judgeSample(taken([0], [1], [2], [3]), pacing, at(3))).toBeNull();
  });

  it('counts from when its messages may be visible: what is taken by night is judged by day', () => {
    const byNight = taken([0, 10], [0, 10], [0, 10], [0, 10]);
    expect(heldUntil(byNight, HOUR)).toEqual(at(11));
    expect(heldUntil(taken([0], [0, 10], [0, 10], [0, 10]), HOUR)).toEqual(at(8.5));
  });

  it('waits no longer than a day for one person', () => {
    expect(heldUntil(taken([0], [0], [0], [0, 700]), HOUR)).toEqual(at(7));
  });

  it('begins anew with another version, and after it has failed', () => {
    const last = {
      versionId: 'v',
      beganAt: at(0),
      used: 4,
      outMs: 0,
      passedAt: at(1),
      failedAt: null as Date | null,
    };
    expect(sampleOfVersion('v', last)).toMatchObject({ used: 4, passedAt: at(1) });
    expect(sampleOfVersion('w', last)).toMatchObject({ versionId: 'w', used: 0, passedAt: null });
    expect(sampleOfVersion('v', { ...last, failedAt: at(2) })).toMatchObject({ used: 0, beganAt: null });
    expect(sampleOfVersion('v', { ...last, beganAt: at(3), failedAt: at(2) })).toMatchObject({
      used: 4,
      passedAt: null,
    });
  });
});

describe('a message behind a sample', () => {
  const message = { since: at(0), until: at(1), passedAt: null, failedAt: null };

  it('waits until its time, or until the sample has passed', () => {
    expect(pacedUntil(message, new Date(at(1).getTime() - 1))).toEqual(at(1));
    expect(pacedUntil(message, at(1))).toBeNull();
    expect(pacedUntil({ ...message, passedAt: at(0.5) }, at(0.5))).toBeNull();
    expect(pacedUntil({ ...message, passedAt: at(-1) }, at(0.5))).toEqual(at(1));
  });

  it('ends where its sample failed while it waited, and not by what came before or later', () => {
    expect(failedBefore({ ...message, failedAt: at(0.5) })).toBe(true);
    for (const hours of [-1, 1, 2]) expect(failedBefore({ ...message, failedAt: at(hours) })).toBe(false);
  });
});
