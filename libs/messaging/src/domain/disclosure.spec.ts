import { describe, expect, it } from '@jest/globals';
import { type DeviceCopy, judgeDisclosure, type OpenedCopy } from './disclosure.js';

const words = { text: 'Hello', media: null };
const proof = Buffer.alloc(16, 1);
const other = Buffer.alloc(16, 2);
const stored: Record<OpenedCopy['state'], OpenedCopy> = {
  AS_SENT: { state: 'AS_SENT', words, proof },
  UNPROVEN: { state: 'UNPROVEN', words },
  CHANGED: { state: 'CHANGED' },
  ERASED: { state: 'ERASED' },
};
const right: DeviceCopy = { words, proof, holds: true };
const wrong: DeviceCopy = { words: { text: 'Forged', media: null }, proof, holds: false };
/** As of somebody who has the platform's key. */
const stolen: DeviceCopy = { words: wrong.words, proof: other, holds: true };

const CHANGED = { outcome: 'REFUSED', reason: 'STORED_MESSAGE_CHANGED' };
const FORGED = { outcome: 'REFUSED', reason: 'NOT_WHAT_WAS_SENT' };
const proven = (by: string, state: string) => ({ outcome: 'PROVEN', words, proof, by, stored: state });

describe('disclosing a message', () => {
  it.each([
    ['AS_SENT', undefined, proven('PLATFORM', 'AS_SENT')],
    ['AS_SENT', right, proven('DEVICE', 'AS_SENT')],
    ['AS_SENT', wrong, FORGED],
    ['AS_SENT', stolen, FORGED],
    ['UNPROVEN', undefined, { outcome: 'UNPROVEN', words }],
    ['UNPROVEN', right, proven('DEVICE', 'CHANGED')],
    ['UNPROVEN', wrong, FORGED],
    ['CHANGED', undefined, CHANGED],
    ['CHANGED', right, proven('DEVICE', 'CHANGED')],
    ['CHANGED', wrong, CHANGED],
    ['ERASED', undefined, undefined],
    ['ERASED', right, proven('DEVICE', 'ERASED')],
    ['ERASED', wrong, FORGED],
  ] as const)('that is stored %s, where the device hands back %j', (state, shown, disclosure) => {
    expect(judgeDisclosure(stored[state], shown)).toEqual(disclosure);
  });
});
