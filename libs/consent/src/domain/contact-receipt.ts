import type { Json } from '@assent/ledger';
import { consentRecordOf, type ReceiptFacts } from './receipt.js';

/** Names the format. */
export const CONTACT_RECEIPT_FORMAT = 'assent-contact-consent-receipt/1';

/** How a business knows what its receipt is about. */
export interface ContactNames {
  /** The contact's handle, `ctc_…`. */
  contact: string;
  /** The event's, `evt_…`. */
  event: string;
}

/** Everything that a business's receipt says; hashes in base64. */
export interface ContactReceiptFacts extends Pick<ReceiptFacts, 'record' | 'business' | 'policy'> {
  log: ReceiptFacts['log'] & { leafHash: string };
}

/**
 * A business's receipt of an event that names it. It holds neither the record that was hashed nor its salt: the record has the
 * person's id, which is the same for all businesses, and their place in a ledger that is none of the business's. What the
 * event was is the platform's signed word; that a leaf was there for it, the log's proof; the person's own receipt opens
 * that very leaf.
 */
export function contactReceiptOf(
  { record, business, policy, log }: ContactReceiptFacts,
  names: ContactNames,
): Record<string, Json> {
  const { evidence } = record;
  return {
    format: CONTACT_RECEIPT_FORMAT,
    consent_record: consentRecordOf(
      { record, business, policy, log },
      { record: names.event, principal: names.contact },
    ),
    evidence: evidence && {
      kind: evidence.kind,
      at: evidence.at.toISOString(),
      wording_hash: evidence.wordingHash,
      reference: evidence.reference,
    },
    log: { ...log },
  };
}
