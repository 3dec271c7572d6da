import { describe, expect, it } from '@jest/globals';
import { judgeWriting, type WritingFacts } from './writing.js';

const now = new Date('2026-11-23T12:00:00.000Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1_000);
const facts = (changes: Partial<WritingFacts> = {}): WritingFacts => ({
  now,
  known: true,
  verified: true,
  blocked: false,
  answersUnknown: false,
  mediaUnknown: false,
  limit: { intervalMs: 2_000, burst: 30 },
  writeTat: null,
  stopsNow: false,
  ...changes,
});

describe('writing to a business', () => {
  it('begins a conversation with a verified business only', () => {
    expect(judgeWriting(facts({ known: false }))).toMatchObject({ outcome: 'TAKEN' });
    expect(judgeWriting(facts({ known: false, verified: false }))).toEqual({
      outcome: 'REFUSED',
      reason: 'BUSINESS_NOT_VERIFIED',
      retryAt: null,
    });
  });

  it('goes on with a business that is no longer verified', () => {
    expect(judgeWriting(facts({ verified: false }))).toMatchObject({ outcome: 'TAKEN' });
  });

  it('is refused where the business blocked the person, a stop too', () => {
    for (const stopsNow of [false, true]) {
      expect(judgeWriting(facts({ blocked: true, stopsNow }))).toEqual({
        outcome: 'REFUSED',
        reason: 'BLOCKED_BY_BUSINESS',
        retryAt: null,
      });
    }
  });

  it('costs an interval, and is refused with the time at which it passes once the burst is used up', () => {
    expect(judgeWriting(facts())).toEqual({ outcome: 'TAKEN', writeTat: seconds(2) });
    expect(judgeWriting(facts({ writeTat: seconds(58) }))).toEqual({
      outcome: 'TAKEN',
      writeTat: seconds(60),
    });
    expect(judgeWriting(facts({ writeTat: seconds(60) }))).toEqual({
      outcome: 'REFUSED',
      reason: 'WRITE_LIMIT',
      retryAt: seconds(2),
    });
  });

  it('takes a stop that was not in force whatever the limit, and lets it cost nothing then', () => {
    const stop = facts({ writeTat: seconds(600), stopsNow: true });
    expect(judgeWriting(stop)).toEqual({ outcome: 'TAKEN', writeTat: seconds(600) });
  });
});
