import type { CarrierReceipt } from './carrier.js';

/** What SMSCs call the end of a message, in the text of a receipt (SMPP 3.4, appendix B) and as `message_state` (5.2.28). */
const ENDS: Readonly<Record<string | number, CarrierReceipt['status']>> = {
  DELIVRD: 'DELIVERED',
  EXPIRED: 'FAILED',
  DELETED: 'FAILED',
  UNDELIV: 'FAILED',
  REJECTD: 'FAILED',
  2: 'DELIVERED',
  3: 'FAILED',
  4: 'FAILED',
  5: 'FAILED',
  8: 'FAILED',
};

const ID = /\bid:\s*([\x21-\x7e]{1,64})/i;
const STATE = /\bstat:\s*([A-Z]{7})/i;

/** What a `deliver_sm` says that is a receipt. */
export interface ReceiptPdu {
  receiptedMessageId?: string;
  messageState?: number;
  text: string;
}

/** The receipt in a `deliver_sm`; undefined where it tells of no end, or of no message. Its own fields count more than its text. */
export function readReceipt({
  receiptedMessageId,
  messageState,
  text,
}: ReceiptPdu): CarrierReceipt | undefined {
  const reference = receiptedMessageId?.split('\0', 1)[0] || ID.exec(text)?.[1];
  const status = ENDS[messageState ?? ''] ?? ENDS[STATE.exec(text)?.[1]?.toUpperCase() ?? ''];
  return reference && status ? { reference, status } : undefined;
}
