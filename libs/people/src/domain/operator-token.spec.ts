import { describe, expect, it } from '@jest/globals';
import { readVouched } from './operator-token.js';

const CLAIMS = {
  iss: 'https://accounts.example.com',
  jti: 'one',
  phone_number: '+49 1512 3456789',
  phone_number_verified: true,
};

describe('what a token of the operator vouches for', () => {
  it('is a number in its canonical form', () => {
    expect(readVouched(CLAIMS)).toEqual({
      issuer: CLAIMS.iss,
      jti: 'one',
      number: { e164: '+4915123456789', country: 'DE' },
    });
  });

  it.each([
    ['no verified number', { phone_number_verified: false }],
    ['a number that is verified in words', { phone_number_verified: 'true' }],
    ['a number of which nothing is said', { phone_number_verified: undefined }],
    ['no number', { phone_number: undefined }],
    ['a number of no country', { phone_number: '01512 3456789' }],
    ['no number that can exist', { phone_number: '+49 0' }],
    ['a list of numbers', { phone_number: ['+4915123456789'] }],
    ['a test number', { phone_number: '+12125550100' }],
  ])('is nobody where it has %s', (_, change) => {
    expect(readVouched({ ...CLAIMS, ...change })).toBe('NUMBER_NOT_VERIFIED');
  });

  it.each([
    ['no id', { jti: undefined }],
    ['an empty id', { jti: '' }],
    ['an id that is none', { jti: 7 }],
    ['an endless id', { jti: 'x'.repeat(256) }],
  ])('is nothing where it has %s', (_, change) => {
    expect(readVouched({ ...CLAIMS, ...change })).toBe('TOKEN_INVALID');
  });
});
