import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeCode, judgeSend, type OneTimeCodeState } from './one-time-code.js';

const MINUTE = 60_000;
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * MINUTE);
const unknown: OneTimeCodeState = { attempts: 0, sentAt: [], expiresAt: at(0) };

describe('judgeSend', () => {
  it('sends five codes in any ten minutes and names the very millisecond of the sixth', () => {
    const state = { ...unknown, sentAt: [at(0), at(1), at(2), at(3), at(4)], expiresAt: at(14) };
    expect(judgeSend(state, at(5))).toEqual({ refused: 'TOO_MANY_CODES', retryAt: at(10) });
    expect(judgeSend(state, new Date(at(10).getTime() - 1))).toMatchObject({ refused: 'TOO_MANY_CODES' });
    expect(judgeSend(state, at(10))).toMatchObject({ sentAt: [at(1), at(2), at(3), at(4), at(10)] });
  });

  it('never lets more than five pass in ten minutes, whenever they are asked for, and keeps its word on retryAt', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 5 * MINUTE }), fc.constant(0)), { maxLength: 60 }),
        (gaps) => {
          let now = at(0);
          let state = unknown;
          const sends: number[] = [];
          for (const gap of gaps) {
            now = new Date(now.getTime() + gap);
            const counted = sends.filter((time) => time > now.getTime() - 10 * MINUTE).length;
            const verdict = judgeSend(state, now);
            expect('refused' in verdict).toBe(counted === 5);
            if ('refused' in verdict) {
              expect(judgeSend(state, verdict.retryAt ?? now)).not.toHaveProperty('refused');
            } else {
              state = verdict;
              sends.push(now.getTime());
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives a new code no new tries while the last one lives', () => {
    const tried = { attempts: 4, sentAt: [at(0)], expiresAt: at(10) };
    expect(judgeSend(tried, at(9))).toMatchObject({ attempts: 4 });
    expect(judgeSend(tried, at(10))).toMatchObject({ attempts: 0 });
    expect(judgeSend({ ...tried, attempts: 5 }, at(9))).toEqual({
      refused: 'TOO_MANY_ATTEMPTS',
      retryAt: at(10),
    });
    expect(judgeSend({ ...tried, attempts: 5 }, at(10))).toMatchObject({ attempts: 0 });
  });
});

describe('judgeCode', () => {
  const sent = { attempts: 0, sentAt: [at(0)], expiresAt: at(10) };

  it('accepts the right code until it expires', () => {
    expect(judgeCode(sent, true, new Date(at(10).getTime() - 1))).toEqual({ accepted: true });
    expect(judgeCode(sent, true, at(10))).toEqual({ refused: 'CODE_INVALID', retryAt: null });
  });

  it('answers a wrong, an expired and an unknown code alike', () => {
    const answers = [
      judgeCode(sent, false, at(1)),
      judgeCode(sent, true, at(11)),
      judgeCode(undefined, false, at(1)),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('looks at no more than five codes', () => {
    expect(judgeCode({ ...sent, attempts: 4 }, true, at(1))).toEqual({ accepted: true });
    const refusal = { refused: 'TOO_MANY_ATTEMPTS', retryAt: at(10) };
    expect(judgeCode({ ...sent, attempts: 5 }, true, at(1))).toEqual(refusal);
    expect(judgeCode({ ...sent, attempts: 5 }, false, at(1))).toEqual(refusal);
  });
});
