import { describe, expect, it } from '@jest/globals';
import { enrolment, matchStep, stepOf, totp } from './totp.js';

const SECRET = Buffer.from('12345678901234567890');

describe('a code of an authenticator app', () => {
  it.each([
    ['1970-01-01T00:00:59Z', '287082'],
    ['2005-03-18T01:58:29Z', '081804'],
    ['2005-03-18T01:58:31Z', '050471'],
    ['2009-02-13T23:31:30Z', '005924'],
    ['2033-05-18T03:33:20Z', '279037'],
    ['2603-10-11T11:33:20Z', '353130'],
  ])('is at %s that of appendix B of RFC 6238', (at, code) => {
    expect(totp(SECRET, stepOf(new Date(at)))).toBe(code);
  });

  it('counts one step early and late, no further, and none up to the last that was accepted', () => {
    const now = new Date('2026-11-28T12:00:00Z');
    const codes = [-2, -1, 0, 1, 2].map((away) => totp(SECRET, stepOf(now) + away));
    const matched = codes.map((code) => matchStep(SECRET, code, now, 0));
    expect(matched.map((step) => step && step - stepOf(now))).toEqual([undefined, -1, 0, 1, undefined]);
    expect(matchStep(SECRET, codes[2]!, now, stepOf(now))).toBeUndefined();
    expect(matchStep(SECRET, codes[3]!, now, stepOf(now))).toBe(stepOf(now) + 1);
  });

  it('comes from a secret that the app reads', () => {
    expect(enrolment('Assent', 'adm_1', SECRET)).toEqual({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      url:
        'otpauth://totp/Assent:adm_1?issuer=Assent&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
        '&algorithm=SHA1&digits=6&period=30',
    });
  });
});
