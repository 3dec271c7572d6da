import { fromBase64 } from './bytes.js';
import { checkSeal, type Entry, PURPOSES, readEntry } from './entry.js';
import { Failure } from './failure.js';
import { canonical, exactly, type Fields, parse, text, texts, whole } from './json.js';
import { checkSignatures, type Key, openCheckpoint, readKey } from './note.js';
import { rootByInclusion } from './tree.js';

/** Names the format of receipts. */
export const RECEIPT_FORMAT = 'assent-consent-receipt/1';

/** What a receipt that holds says. */
export interface ReceiptReport extends LogReport {
  entry: Entry;
}

/** Where in the log it is, and by whose word. */
export interface LogReport {
  leafIndex: number;
  /** Leaves that the checkpoint covers. */
  size: number;
  origin: string;
  /** Who signed both the receipt and the checkpoint. */
  signers: Key[];
}

/** Checks a receipt. @param pinned keys that the reader trusts; without any, those that it names. @throws Failure */
export function checkReceipt(source: string, pinned: readonly Key[]): ReceiptReport {
  const receipt = exactly(parse(source, 'the receipt'), 'the receipt', [
    ...['format', 'consent_record', 'ledger', 'log', 'signatures'],
  ]);
  if (receipt['format'] !== RECEIPT_FORMAT) throw new Failure(`the file is not an ${RECEIPT_FORMAT}`);
  const ledger = exactly(receipt['ledger'], '"ledger"', ['record', 'seq', 'salt', 'previousHash', 'hash']);
  const record = text(ledger['record'], '"ledger.record"');
  const entry = readEntry(parse(record, '"ledger.record"'));
  try {
    if (canonical(entry) !== record)
      throw new Failure('"ledger.record" is not in the canonical form of RFC 8785');
    if (ledger['seq'] !== entry.seq) throw new Failure('"ledger.seq" is not the place that the record names');
    const leaf = checkSeal(entry, entry.seq, {
      salt: ledger['salt'],
      previousHash: ledger['previousHash'],
      hash: ledger['hash'],
    });
    const { log } = receipt;
    const signed = checkLog({ receipt, log, leaf, format: RECEIPT_FORMAT }, pinned);
    checkRetold(receipt['consent_record'], entry, signed.origin);
    return { entry, ...signed };
  } catch (error) {
    throw error instanceof Failure ? error.at({ person: entry.personId, seq: entry.seq }) : error;
  }
}

/** Checks that a leaf is in the log, and that the log signed both its checkpoint and the receipt. @throws Failure */
export function checkLog(
  { receipt, log: given, leaf, format }: { receipt: Fields; log: unknown; leaf: Buffer; format: string },
  pinned: readonly Key[],
): LogReport {
  const log = exactly(given, '"log"', ['origin', 'keys', 'leafIndex', 'inclusionProof', 'checkpoint']);
  const origin = text(log['origin'], '"log.origin"');
  const named = texts(log['keys'], '"log.keys"').map(readKey);
  const trusted = pinned.length > 0 ? pinned : named;
  const checkpoint = openCheckpoint(text(log['checkpoint'], '"log.checkpoint"'), [...named, ...pinned]);
  if (checkpoint.origin !== origin) throw new Failure('"log.origin" is not the log whose checkpoint this is');

  const leafIndex = whole(log['leafIndex'], '"log.leafIndex"', 0);
  const path = texts(log['inclusionProof'], '"log.inclusionProof"').map((hash) =>
    fromBase64(hash, 'a hash of "log.inclusionProof"', 32),
  );
  if (!rootByInclusion(leafIndex, checkpoint.size, leaf, path)?.equals(checkpoint.root)) {
    throw new Failure('"log.inclusionProof" does not lead from the record to the root of the checkpoint');
  }

  const { signatures, ...unsigned } = receipt;
  const body = `${origin} ${format}\n${canonical(unsigned)}\n`;
  const signers = checkSignatures(
    body,
    texts(signatures, '"signatures"'),
    [...named, ...pinned],
    'the receipt',
  );
  const both = trusted.filter(
    (key) => isAmong(key, signers) && isAmong(key, checkpoint.signers) && key.name === origin,
  );
  if (both.length === 0)
    throw new Failure('the receipt and its checkpoint are not signed by a key that you trust');
  return { leafIndex, size: checkpoint.size, origin, signers: both };
}

function isAmong(key: Key, keys: readonly Key[]): boolean {
  return keys.some(({ text: known }) => known === key.text);
}

/** What the receipt tells people about the event must be what the record says. */
function checkRetold(value: unknown, entry: Entry, origin: string): void {
  const what = '"consent_record"';
  const told = exactly(value, what, [
    ...['schema_version', 'record_id', 'pii_principal_id', 'pii_processing', 'party_identification', 'event'],
  ]);
  const processing = (told['pii_processing'] ?? {}) as Fields;
  const event = (told['event'] ?? {}) as Fields;
  const list = (field: unknown, name: string) =>
    Array.isArray(field) ? field.map((item) => (item as Fields | null)?.[name]) : field;
  const business = entry.businessId && `urn:uuid:${entry.businessId}`;
  const expected: Record<string, [told: unknown, recorded: unknown]> = {
    record_id: [told['record_id'], entry.id],
    pii_principal_id: [told['pii_principal_id'], entry.personId],
    privacy_notice: [processing['privacy_notice'], `urn:assent:consent-policy:${entry.policyVersion}`],
    purposes: [list(processing['purposes'], 'purpose'), entry.purpose ? [entry.purpose] : PURPOSES],
    pii_controllers: [processing['pii_controllers'], [business ?? 'every business on the platform']],
    collection_method: [processing['collection_method'], entry.source],
    party_identification: [
      list(told['party_identification'], 'party_id'),
      business ? [business, origin] : [origin],
    ],
    event_time: [event['event_time'], entry.at],
    event_type: [event['event_type'], entry.action],
    event_state: [event['event_state'], stateAfter(entry)],
    entity_id: [event['entity_id'], entry.actor],
  };
  for (const [name, [tells, recorded]] of Object.entries(expected)) {
    if (JSON.stringify(tells) !== JSON.stringify(recorded)) {
      throw new Failure(`"${name}" of ${what} is not what the record says`);
    }
  }
}

function stateAfter({ action, purpose }: Entry): string {
  if (action === 'STOP' || action === 'BLOCK') return 'WITHDRAWN';
  return action === 'ALLOW' && purpose ? 'GIVEN' : 'WITHDRAWAL_LIFTED';
}
