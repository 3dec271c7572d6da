import { expect, it } from '@jest/globals';
import { submitFailure, toAddress, toNumber } from './smpp-status.js';

it.each([
  [0x00, null],
  [0x58, 'BUSY'],
  [0x14, 'BUSY'],
  [0x0b, 'REFUSED'],
  [0x08, 'BAD_ANSWER'],
  [0x45, 'BAD_ANSWER'],
] as const)('an SMSC that answers %i', (status, failure) => {
  expect(submitFailure(status)).toBe(failure);
});

it.each([
  ['+4915112345678', { address: '4915112345678', ton: 1, npi: 1 }],
  ['12345', { address: '12345', ton: 3, npi: 0 }],
  ['Assent', { address: 'Assent', ton: 5, npi: 0 }],
])('%s as an address', (text, address) => {
  expect(toAddress(text)).toEqual(address);
});

it.each([
  [{ address: '4915112345678', ton: 1, npi: 1 }, '+4915112345678'],
  [{ address: '+4915112345678', ton: 0, npi: 0 }, '+4915112345678'],
  [{ address: '4915112345678', ton: 0, npi: 1 }, '+4915112345678'],
  [{ address: '12345', ton: 3, npi: 0 }, undefined],
  [{ address: 'Shop', ton: 5, npi: 0 }, undefined],
])('%j as a number', (address, number) => {
  expect(toNumber(address)).toBe(number);
});
