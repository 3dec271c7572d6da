import { expect, it } from '@jest/globals';
import { smsWording } from './sms-wording.js';

it('says who writes, and cuts what is too long between characters', () => {
  expect(smsWording('Shop', 'It is here.', 100)).toBe('Shop: It is here.');
  expect(smsWording('Shop', '🎂🎂🎂🎂🎂', 10)).toBe('Shop: 🎂...');
});
