import { fromBase64 } from './bytes.js';
import { Failure } from './failure.js';
import { exactly, type Fields, parse, text } from './json.js';
import type { Key } from './note.js';
import { checkLog, type LogReport } from './receipt.js';

/** Names the format of a business's receipts. */
export const CONTACT_RECEIPT_FORMAT = 'assent-contact-consent-receipt/1';

/** What a business's receipt that holds says, by the platform's signed word. */
export interface ContactReceiptReport extends LogReport {
  action: string;
  at: string;
  contact: string;
  event: string;
}

/**
 * Checks a business's receipt: its signature, and that the log has the leaf it names. It does not hold the record, so that
 * the leaf is of this event is the platform's word. @throws Failure
 */
export function checkContactReceipt(source: string, pinned: readonly Key[]): ContactReceiptReport {
  const receipt = exactly(parse(source, 'the receipt'), 'the receipt', [
    ...['format', 'consent_record', 'evidence', 'log', 'signatures'],
  ]);
  if (receipt['format'] !== CONTACT_RECEIPT_FORMAT) {
    throw new Failure(`the file is not an ${CONTACT_RECEIPT_FORMAT}`);
  }
  const { leafHash, ...log } = (receipt['log'] ?? {}) as Fields;
  const leaf = fromBase64(leafHash, '"log.leafHash"', 32);
  const report = checkLog({ receipt, log, leaf, format: CONTACT_RECEIPT_FORMAT }, pinned);
  const record = (receipt['consent_record'] ?? {}) as Fields;
  const event = (record['event'] ?? {}) as Fields;
  return {
    ...report,
    action: text(event['event_type'], '"event_type"'),
    at: text(event['event_time'], '"event_time"'),
    contact: text(record['pii_principal_id'], '"pii_principal_id"'),
    event: text(record['record_id'], '"record_id"'),
  };
}
