import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { checkContactReceipt, CONTACT_RECEIPT_FORMAT, type ContactReceiptReport } from './contact-receipt.js';
import { DumpCheck, type DumpReport } from './dump.js';
import { checkErasureProof, ERASURE_FORMAT, type ErasureReport } from './erasure-proof.js';
import { checkExport, type ExportReport } from './export.js';
import { Failure } from './failure.js';
import { type Fields, parse } from './json.js';
import { linesOf } from './lines.js';
import { type Checkpoint, type Key, openCheckpoint } from './note.js';
import { checkReceipt, RECEIPT_FORMAT, type ReceiptReport } from './receipt.js';
import { checkReportReceipt, REPORT_RECEIPT_FORMAT, type ReportedMessage } from './report-receipt.js';

/** A receipt has a few kilobytes. */
const MOST_RECEIPT_BYTES = 1024 * 1024;
/** A proof of erasure has about a kilobyte for each event that the person's ledger had. */
const MOST_PROOF_BYTES = 256 * 1024 * 1024;

/** What the reader brings along. */
export interface Trust {
  /** Keys that the reader had from the log itself, or from somebody they trust. */
  keys: readonly Key[];
  /** Checkpoints that the reader kept from earlier, as files hold them. */
  checkpoints: readonly string[];
}

/** What was checked, and holds. */
export type Report =
  | ({ kind: 'receipt' } & ReceiptReport)
  | ({ kind: 'contact receipt' } & ContactReceiptReport)
  | ({ kind: 'report receipt' } & ReportedMessage)
  | ({ kind: 'dump' } & DumpReport)
  | ({ kind: 'export' } & ExportReport)
  | ({ kind: 'erasure' } & ErasureReport);

const RECEIPT_FORMATS = [RECEIPT_FORMAT, CONTACT_RECEIPT_FORMAT, REPORT_RECEIPT_FORMAT];
const NOTHING_KNOWN = 'is neither a receipt nor an export nor a proof of erasure nor a dump of a ledger';

/** How every ZIP with something in it begins. */
const ZIP = Buffer.from('PK\x03\x04', 'latin1');

/** Checks a file: a receipt, an export, a proof of erasure, or a dump of a whole ledger. @throws Failure that names the first place that does not hold */
export async function verifyFile(path: string, trust: Trust): Promise<Report> {
  if (await isZip(path)) {
    forDumpsOnly(trust);
    return { kind: 'export', ...(await checkExport(path, trust.keys)) };
  }
  if (await isDump(path)) return { kind: 'dump', ...(await verifyDump(createReadStream(path), trust)) };
  forDumpsOnly(trust);
  if ((await stat(path)).size > MOST_PROOF_BYTES) throw new Failure(NOTHING_KNOWN, { line: 1 });
  const source = (await readFile(path)).toString('utf8');
  if (source.includes(ERASURE_FORMAT) && !RECEIPT_FORMATS.some((format) => source.includes(format)))
    return { kind: 'erasure', ...checkErasureProof(source, trust.keys) };
  if (source.length > MOST_RECEIPT_BYTES) throw new Failure(NOTHING_KNOWN, { line: 1 });
  const format = (parse(source, 'the receipt') as Fields | null)?.['format'];
  if (format === CONTACT_RECEIPT_FORMAT)
    return { kind: 'contact receipt', ...checkContactReceipt(source, trust.keys) };
  if (format === REPORT_RECEIPT_FORMAT)
    return { kind: 'report receipt', ...checkReportReceipt(source, trust.keys) };
  return { kind: 'receipt', ...checkReceipt(source, trust.keys) };
}

/** Checks a dump as it arrives. @throws Failure */
export async function verifyDump(chunks: AsyncIterable<Uint8Array>, trust: Trust): Promise<DumpReport> {
  const check = new DumpCheck(
    trust.keys,
    trust.checkpoints.map((note) => keptCheckpoint(note, trust.keys)),
  );
  let begun = false;
  for await (const { text, number } of linesOf(chunks)) {
    begun ||= !isPreamble(text);
    if (begun) check.take(text, number);
  }
  return check.report();
}

/** What npm says before a script's own output, where somebody left out --silent. */
function isPreamble(line: string): boolean {
  return line === '' || line.startsWith('> ');
}

/** A checkpoint that was kept is evidence only if it is signed, by a key that the reader trusts. */
function keptCheckpoint(note: string, keys: readonly Key[]): Checkpoint {
  const checkpoint = openCheckpoint(note, keys);
  if (checkpoint.signers.length === 0) {
    throw new Failure('the checkpoint that you kept is signed by no key that you gave with --key');
  }
  return checkpoint;
}

function forDumpsOnly({ checkpoints }: Trust): void {
  if (checkpoints.length > 0) throw new Failure('a kept checkpoint can be compared with a dump only');
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(ZIP.length), 0, ZIP.length, 0);
    return bytesRead === ZIP.length && buffer.equals(ZIP);
  } finally {
    await file.close();
  }
}

async function isDump(path: string): Promise<boolean> {
  try {
    for await (const { text } of linesOf(createReadStream(path))) {
      const isProof = [...RECEIPT_FORMATS, ERASURE_FORMAT].some((format) => text.includes(format));
      if (!isPreamble(text)) return text.startsWith('{"') && !isProof;
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  return false;
}
