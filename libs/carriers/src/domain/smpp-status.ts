import type { HandOverFailure } from './carrier.js';

/** `command_status` (SMPP 3.4, 5.1.3) of an SMSC that has too much to do: throttling, and a full queue. */
const BUSY = new Set([0x58, 0x14]);
/** What would be wrong again: length, address, its kind; and rejections for good. */
const REFUSED = new Set([0x01, 0x0b, 0x33, 0x50, 0x51, 0x65, 0x66]);

/** What an SMSC's answer to `submit_sm` says; null: it took it. */
export function submitFailure(status: number): HandOverFailure | null {
  if (status === 0) return null;
  if (BUSY.has(status)) return 'BUSY';
  return REFUSED.has(status) ? 'REFUSED' : 'BAD_ANSWER';
}

/** How an address is written, and its type of number and numbering plan (SMPP 3.4, 5.2.5 and 5.2.6). */
export interface SmppAddress {
  address: string;
  ton: number;
  npi: number;
}

/** An international number, a short code, or a name. */
export function toAddress(text: string): SmppAddress {
  if (text.startsWith('+')) return { address: text.slice(1), ton: 1, npi: 1 };
  return /^\d+$/.test(text) ? { address: text, ton: 3, npi: 0 } : { address: text, ton: 5, npi: 0 };
}

/** The E.164 number that a text came from; undefined where it is none. */
export function toNumber({ address, ton }: SmppAddress): string | undefined {
  const digits = address.replace(/^\+/, '');
  const international = ton === 1 || address.startsWith('+') || (ton === 0 && digits.length > 9);
  return international && /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}
