import { expect, it } from '@jest/globals';
import { readReceipt } from './sms-receipt.js';

const text = (stat: string) =>
  `id:4fa1-7 sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:${stat} err:000 text:Shop`;

it.each([
  ['DELIVRD', 'DELIVERED'],
  ['UNDELIV', 'FAILED'],
  ['EXPIRED', 'FAILED'],
  ['REJECTD', 'FAILED'],
  ['DELETED', 'FAILED'],
] as const)('reads %s in the text of a receipt', (stat, status) => {
  expect(readReceipt({ text: text(stat) })).toEqual({ reference: '4fa1-7', status });
});

it('reads the fields of a receipt rather than its text', () => {
  expect(readReceipt({ receiptedMessageId: 'abc\0', messageState: 5, text: text('DELIVRD') })).toEqual({
    reference: 'abc',
    status: 'FAILED',
  });
});

it('is not held up by zero bytes without an end, and keeps none', () => {
  const receiptedMessageId = `abc${'\0'.repeat(60_000)}x`;
  expect(readReceipt({ receiptedMessageId, messageState: 5, text: '' })?.reference).toBe('abc');
});

it.each([
  ['a message that is on its way', text('ENROUTE')],
  ['one that was accepted', text('ACCEPTD')],
  ['no message', 'stat:DELIVRD'],
  ['nothing', ''],
])('takes %s for no end', (_, said) => {
  expect(readReceipt({ text: said })).toBeUndefined();
});
