import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { Archive } from './archive.js';
import { checkSeal, readEntry } from './entry.js';
import { Failure } from './failure.js';
import { exactly, type Fields, parse } from './json.js';
import { linesOf } from './lines.js';
import { type ListedFile, type Manifest, readManifest } from './manifest.js';
import type { Key } from './note.js';
import { checkReceipt } from './receipt.js';

const MANIFEST = 'manifest.json';
const SIGNATURES = 'manifest.sig';
const LEDGER = 'consent-ledger.jsonl';
/** Whatever is read in one piece: a manifest of 20,000 files has less than 3 MB. */
const MOST_PIECE_BYTES = 8 * 1024 * 1024;

/** A file that is longer than it should be is read on for so much: to name the record that was added, and no further. */
const MOST_SURPLUS_BYTES = 1024 * 1024;

/** What an export that holds consists of. */
export interface ExportReport {
  personId: string;
  madeAt: string;
  origin: string;
  files: number;
  entries: number;
  receipts: number;
  /** Who signed it. */
  signers: Key[];
}

/** Checks an export, file by file. @param pinned keys that the reader trusts. @throws Failure */
export async function checkExport(path: string, pinned: readonly Key[]): Promise<ExportReport> {
  const archive = await Archive.open(path);
  try {
    const manifest = await manifestOf(archive, pinned);
    const unlisted = archive.names.find(
      (name) => ![MANIFEST, SIGNATURES].includes(name) && !manifest.files.some((file) => file.name === name),
    );
    if (unlisted !== undefined) {
      throw new Failure('the file was added: the manifest does not list it', { file: unlisted });
    }
    const check = new ContentCheck(manifest);
    for (const file of manifest.files) await checkFile(archive, file, check);
    const { personId, madeAt, origin, files, signers } = manifest;
    return { personId, madeAt, origin, files: files.length, signers, ...check.counts };
  } finally {
    archive.close();
  }
}

async function manifestOf(archive: Archive, pinned: readonly Key[]): Promise<Manifest> {
  const [source, signatures] = [
    await wholeOf(archive.read(MANIFEST), MANIFEST),
    await wholeOf(archive.read(SIGNATURES), SIGNATURES),
  ];
  try {
    return readManifest(source, signatures, pinned);
  } catch (error) {
    throw error instanceof Failure ? error.at({ file: MANIFEST }) : error;
  }
}

/** What a file says is looked at before its hash, so that the record that was changed is named, and not only its file. */
async function checkFile(
  archive: Archive,
  { name, size, sha256 }: ListedFile,
  check: ContentCheck,
): Promise<void> {
  const hash = createHash('sha256');
  let read = 0;
  const counted = async function* () {
    for await (const bytes of archive.read(name)) {
      hash.update(bytes);
      read += bytes.length;
      if (read > size + MOST_SURPLUS_BYTES) {
        throw new Failure(`the file is longer than the ${size} bytes that the manifest says`);
      }
      yield bytes;
    }
  };
  try {
    await check.file(name, counted());
    if (read !== size) throw new Failure(`the file has ${read} bytes, and the manifest says ${size}`);
    if (hash.digest('hex') !== sha256) {
      throw new Failure('the file was changed: its hash is not the one in the manifest');
    }
  } catch (error) {
    throw error instanceof Failure ? error.at({ file: name }) : error;
  }
}

/** What must hold between the files of an export. */
class ContentCheck {
  readonly counts = { entries: 0, receipts: 0 };
  /** Of each entry of the ledger; index is its place less one. */
  private readonly hashes: string[] = [];

  constructor(private readonly manifest: Manifest) {}

  async file(name: string, content: AsyncIterable<Buffer>): Promise<void> {
    if (name === LEDGER) await this.ledger(content);
    else if (name.startsWith('receipts/')) this.receipt(name, await wholeOf(content, name));
    else if (name === 'profile.json') this.profile(await wholeOf(content, name));
    else if (name.endsWith('.jsonl'))
      for await (const line of linesOf(content)) record(line.text, line.number);
    else for await (const _ of content);
  }

  private async ledger(content: AsyncIterable<Buffer>): Promise<void> {
    for await (const { text: source, number } of linesOf(content)) {
      try {
        this.entry(exactly(record(source, number), 'the line', ENTRY));
      } catch (error) {
        throw error instanceof Failure ? error.at({ line: number }) : error;
      }
    }
  }

  private entry({ record: said, salt, previousHash, hash }: Fields): void {
    const entry = readEntry(said);
    try {
      if (entry.personId !== this.manifest.personId) throw new Failure('it is of another person');
      checkSeal(entry, entry.seq, { salt, previousHash, hash });
      const expected = this.hashes.length + 1;
      if (entry.seq !== expected) {
        throw new Failure(`entry ${expected} should be here: entries were removed, added or swapped`);
      }
      if (previousHash !== (this.hashes.at(-1) ?? null)) {
        throw new Failure(`it does not follow entry ${entry.seq - 1}, whose hash is another one`);
      }
      this.hashes.push(hash as string);
      this.counts.entries += 1;
    } catch (error) {
      throw error instanceof Failure ? error.at({ person: entry.personId, seq: entry.seq }) : error;
    }
  }

  private receipt(name: string, source: string): void {
    const { entry, origin } = checkReceipt(source, this.manifest.signers);
    const place = { person: entry.personId, seq: entry.seq };
    if (entry.personId !== this.manifest.personId || origin !== this.manifest.origin) {
      throw new Failure('it is the receipt of another person', place);
    }
    if (name !== `receipts/${String(entry.seq).padStart(6, '0')}.json`) {
      throw new Failure('it is the receipt of another entry', place);
    }
    const { hash } = (parse(source, 'the receipt') as { ledger: { hash: unknown } }).ledger;
    if (hash !== this.hashes[entry.seq - 1]) {
      throw new Failure('it is the receipt of an entry that the ledger does not have', place);
    }
    this.counts.receipts += 1;
  }

  private profile(source: string): void {
    const profile = parse(source, 'the profile') as Fields | null;
    if (profile?.['personId'] !== this.manifest.personId)
      throw new Failure('it is the profile of another person');
  }
}

const ENTRY = ['record', 'salt', 'previousHash', 'hash', 'leafIndex'];

/** A line that is a record, written as JSON.stringify writes it: one record has one spelling. */
function record(source: string, line: number): unknown {
  const value = parse(source, 'the line');
  if (typeof value !== 'object' || value === null || JSON.stringify(value) !== source) {
    throw new Failure('the line is not a record as exports write it', { line });
  }
  return value;
}

async function wholeOf(content: AsyncIterable<Buffer>, file: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content) {
    size += chunk.length;
    if (size > MOST_PIECE_BYTES) throw new Failure('the file is longer than 8 MB', { file });
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) throw new Failure('the file is not UTF-8', { file });
  return bytes.toString('utf8');
}
