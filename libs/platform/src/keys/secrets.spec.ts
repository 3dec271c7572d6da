import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyRing } from './key-ring.js';
import { hashCode, hashSecret, looksLikeSecret, newCode, newSecret } from './secrets.js';

const keys = KeyRing.parse(`1:${randomBytes(32).toString('base64')}`);

describe('secrets', () => {
  it('look like secrets of their prefix and of no other', () => {
    const secret = newSecret('ak_live');
    expect(secret).toMatch(/^ak_live_[\w-]{49}$/);
    expect(looksLikeSecret('ak_live', secret)).toBe(true);
    expect(looksLikeSecret('mst', secret)).toBe(false);
  });

  it('are told from mistyped ones by their checksum', () => {
    fc.assert(
      fc.property(fc.nat(55), fc.constantFrom(...Array.from('abcXYZ019-_')), (at, letter) => {
        const secret = newSecret('ak_live');
        fc.pre(secret.charAt(at) !== letter);
        expect(looksLikeSecret('ak_live', secret.slice(0, at) + letter + secret.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each(['', 'ak_live_', 'ak_live', `ak_live_${'a'.repeat(49)}`, `${newSecret('ak_live')} `])(
    'are not what "%s" is',
    (text) => {
      expect(looksLikeSecret('ak_live', text)).toBe(false);
    },
  );

  it('are never the same twice', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => newSecret('mst'))).size).toBe(1_000);
  });

  it('are stored as a hash that depends on the keys, and stays when a key version is added', () => {
    const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    const hash = hashSecret(KeyRing.parse(`1:${first}`), 'secret');
    expect(hash).toHaveLength(32);
    expect(hashSecret(KeyRing.parse(`1:${first},2:${second}`), 'secret')).toEqual(hash);
    expect(hashSecret(KeyRing.parse(`1:${second}`), 'secret')).not.toEqual(hash);
  });
});

describe('codes', () => {
  it('have six digits, leading zeros too', () => {
    const codes = Array.from({ length: 2_000 }, newCode);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });

  it('are stored as a hash that is good for one use and one subject', () => {
    const hashes = [
      hashCode(keys, 'phone', 'subject', '123456'),
      hashCode(keys, 'sign-in', 'subject', '123456'),
      hashCode(keys, 'phone', 'another', '123456'),
      hashCode(keys, 'phone', 'subject', '123457'),
    ];
    expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(4);
    expect(hashCode(keys, 'phone', 'subject', '123456')).toEqual(hashes[0]);
  });
});
