import { describe, expect, it } from '@jest/globals';
import { domainOf, isOwnDomain, judgeClaims } from './single-sign-on.js';

const CLAIMS = {
  sub: '42',
  email: 'Ada@Shop.Example',
  email_verified: true,
  name: 'Ada',
  groups: ['staff', 7],
};
const ANYBODY = { emailDomains: [], requiredClaim: null };
const AT_SHOP = { emailDomains: ['shop.example'], requiredClaim: null };
const inGroup = (value: string, name = 'groups') => ({ emailDomains: [], requiredClaim: { name, value } });

describe('whom a provider vouches for', () => {
  it('is a subject with the address that was verified', () => {
    expect(judgeClaims(CLAIMS, AT_SHOP)).toEqual({ subject: '42', email: 'ada@shop.example', name: 'Ada' });
  });

  it.each([[false], ['true'], [1], [undefined]])(
    'has no address that is verified like %j',
    (email_verified) => {
      expect(judgeClaims({ ...CLAIMS, email_verified }, ANYBODY)).toMatchObject({ email: undefined });
      expect(judgeClaims({ ...CLAIMS, email_verified }, AT_SHOP)).toBeUndefined();
    },
  );

  it.each([
    'ada@shop.example.evil.example',
    'ada@sub.shop.example',
    'ada@shop.example@evil.example',
    'shop.example',
  ])('is nobody of a domain by %s', (email) =>
    expect(judgeClaims({ ...CLAIMS, email }, AT_SHOP)).toBeUndefined(),
  );

  it.each([[undefined], [''], ['x'.repeat(256)], [7], [null]])('is nobody with the subject %j', (sub) => {
    expect(judgeClaims({ ...CLAIMS, sub }, ANYBODY)).toBeUndefined();
  });

  it('needs the claim that is asked for, by itself or in a list', () => {
    expect(judgeClaims(CLAIMS, inGroup('staff'))).toBeDefined();
    expect(judgeClaims(CLAIMS, inGroup('7'))).toBeDefined();
    expect(judgeClaims(CLAIMS, inGroup('Ada', 'name'))).toBeDefined();
    expect(judgeClaims(CLAIMS, inGroup('owners'))).toBeUndefined();
    expect(judgeClaims(CLAIMS, inGroup('staff', 'roles'))).toBeUndefined();
    expect(judgeClaims(CLAIMS, inGroup('undefined', 'roles'))).toBeUndefined();
    expect(judgeClaims(CLAIMS, inGroup('[object Object]', '__proto__'))).toBeUndefined();
  });
});

describe('a domain', () => {
  it('is what stands behind the last @', () => {
    expect(['a@b.example', 'a@b@c.example', 'b.example', undefined].map(domainOf)).toEqual([
      'b.example',
      'c.example',
      '',
      '',
    ]);
  });

  it("is a business's own where it has proved its website", () => {
    expect(isOwnDomain('shop.example', 'shop.example')).toBe(true);
    expect(isOwnDomain('shop.example', 'www.shop.example')).toBe(true);
    expect(isOwnDomain('example', 'shop.example')).toBe(false);
    expect(isOwnDomain('mail.shop.example', 'shop.example')).toBe(false);
    expect(isOwnDomain('shop.example', null)).toBe(false);
  });
});
