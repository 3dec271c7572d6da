import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyRing } from '@assent/platform';
import { PhoneIndex } from './phone-index.js';
import { PhoneSeal } from './phone-seal.js';

const PHONE = '+4915123456789';
const first = `1:${randomBytes(32).toString('base64')}`;
const second = `2:${randomBytes(32).toString('base64')}`;
const before = KeyRing.parse(first);
const after = KeyRing.parse(`${first},${second}`);

describe('PhoneIndex', () => {
  it('is HMAC-SHA-256 under the key for this use, its bucket the first ten bits', () => {
    const { index, bucket, version } = new PhoneIndex(before).current(PHONE);
    expect(index).toEqual(createHmac('sha256', before.derive('phone-index', 1)).update(PHONE).digest());
    expect(bucket).toBe(Number.parseInt(index.toString('hex').slice(0, 3), 16) >> 2);
    expect(version).toBe(1);
  });

  it('marks a number for a tombstone by another key, so that neither tells the other', () => {
    const { tombstone } = new PhoneIndex(before).current(PHONE);
    expect(tombstone).toEqual(
      createHmac('sha256', before.derive('number-tombstone', 1)).update(PHONE).digest(),
    );
  });

  it('writes with the newest key and still finds what an older one wrote', () => {
    const old = new PhoneIndex(before).current(PHONE);
    const rotated = new PhoneIndex(after);
    expect(rotated.current(PHONE).version).toBe(2);
    expect(rotated.everyVersion(PHONE)).toEqual([rotated.current(PHONE), old]);
  });
});

describe('PhoneSeal', () => {
  it('opens what it sealed, also under a key that has been followed by another', () => {
    const sealed = new PhoneSeal(before).seal('a', PHONE);
    expect(new PhoneSeal(after).open('a', sealed)).toBe(PHONE);
    expect(new PhoneSeal(after).seal('a', PHONE)[0]).toBe(2);
  });

  it('never seals to the same bytes twice, and shows nothing of the number', () => {
    const seal = new PhoneSeal(before);
    const sealed = [seal.seal('a', PHONE), seal.seal('a', PHONE)];
    expect(sealed[0]).not.toEqual(sealed[1]);
    expect(sealed[0]?.includes(PHONE.slice(1))).toBe(false);
  });

  it('does not open for another person, nor with a byte changed', () => {
    const seal = new PhoneSeal(before);
    const sealed = seal.seal('a', PHONE);
    expect(() => seal.open('b', sealed)).toThrow();
    sealed[20]! ^= 1;
    expect(() => seal.open('a', sealed)).toThrow();
  });
});
