import type { Json } from '@assent/ledger';
import { canonicalRecord, type ConsentAction, type ConsentRecord } from './consent-event.js';
import type { CountryPolicy } from './policy.js';
import { type Purpose, PURPOSES } from './purpose.js';

/** Names the format. */
export const RECEIPT_FORMAT = 'assent-consent-receipt/1';

/** Everything that a receipt says; hashes and the salt in base64. */
export interface ReceiptFacts {
  record: ConsentRecord;
  /** The business that the event names, as it is called when the receipt is made. */
  business: { displayName: string; country: string } | undefined;
  /** What the policy of the event's version says for the person's country. */
  policy: CountryPolicy;
  /** How the event is bound into the person's own ledger. */
  chain: { salt: string; previousHash: string | null; hash: string };
  /** How it is bound into the log over all ledgers. */
  log: { origin: string; keys: string[]; leafIndex: number; inclusionProof: string[]; checkpoint: string };
}

/**
 * A receipt in the shape of ISO/IEC TS 27560:2023, followed by what proves it; docs/consent-receipts.md goes through it
 * field by field. Whatever `consent_record` says about the event can be checked against `ledger.record`, which is what was
 * hashed.
 */
export function receiptOf({ record, chain, log, ...facts }: ReceiptFacts): Record<string, Json> {
  return {
    format: RECEIPT_FORMAT,
    consent_record: consentRecordOf(
      { record, log, ...facts },
      { record: record.id, principal: record.personId },
    ),
    ledger: { record: canonicalRecord(record), seq: record.seq, ...chain },
    log: { ...log },
  };
}

/** The part in the shape of ISO/IEC TS 27560, with the names by which its reader knows the event and the person. */
export function consentRecordOf(
  { record, business, policy, log }: Omit<ReceiptFacts, 'chain'>,
  names: { record: string; principal: string },
): Record<string, Json> {
  const operator = {
    party_id: log.origin,
    party_role: 'PII processor',
    party_name: log.origin,
    party_country: null,
  };
  const controller = record.businessId && {
    party_id: `urn:uuid:${record.businessId}`,
    party_role: 'PII controller',
    party_name: business?.displayName ?? null,
    party_country: business?.country ?? null,
  };
  return {
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: names.record,
    pii_principal_id: names.principal,
    pii_processing: {
      privacy_notice: `urn:assent:consent-policy:${record.policyVersion}`,
      language: 'en',
      purposes: purposesOf(record).map((purpose) => ({
        purpose,
        lawful_basis: policy.rules[purpose].basis,
        pii_information: [{ pii_type: PII[purpose], sensitive_pii_category: false }],
      })),
      pii_controllers: controller ? [controller.party_id] : ['every business on the platform'],
      collection_method: record.source,
      withdrawal_method: 'stop, in the app, at any time; no reason needed',
    },
    party_identification: controller ? [controller, operator] : [operator],
    event: {
      event_time: record.at.toISOString(),
      event_type: record.action,
      event_state: stateAfter(record.action, record.purpose),
      entity_id: record.actor,
      validity_duration: null,
    },
  };
}

function purposesOf({ purpose }: ConsentRecord): readonly Purpose[] {
  return purpose ? [purpose] : PURPOSES;
}

function stateAfter(action: ConsentAction, purpose: Purpose | null): string {
  switch (action) {
    case 'STOP':
    case 'BLOCK':
      return 'WITHDRAWN';
    case 'ALLOW':
      return purpose ? 'GIVEN' : 'WITHDRAWAL_LIFTED';
    case 'LIFT':
    case 'UNBLOCK':
      return 'WITHDRAWAL_LIFTED';
  }
}

/** What about a person each purpose uses. */
const PII: Record<Purpose, string> = {
  AUTHENTICATION: 'contact handle',
  SERVICE: 'contact handle',
  MARKETING: 'contact handle',
  MATCHING: 'phone number, as a keyed index',
  ADS: 'being counted in an audience',
  ANALYTICS: 'being counted in statistics',
};
