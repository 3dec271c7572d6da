import type { Database, Transaction } from '@assent/platform';
import type { LeafRange } from '../domain/merkle-tree.js';
import type { Checkpoint, MerkleLog } from '../persistence/merkle-log.store.js';
import type { NoteSigner } from '../persistence/note-signer.js';

const PAGE = 1_000;

/** What a dump of a log is made of. */
export interface DumpedLog {
  format: string;
  log: MerkleLog;
  signer: NoteSigner;
  /** A line for each leaf of a range, in order. */
  lines(tx: Transaction, range: LeafRange): Promise<string[]>;
}

/** A dump: how many leaves, and its lines as they are asked for. */
export interface LogDump {
  size: number;
  lines: AsyncGenerator<string, void, undefined>;
}

/**
 * A log as of its newest checkpoint, as lines of JSON that anyone can check offline, in pages, so that memory stays bounded
 * however long it is. What is in a log never changes, so pages of several transactions fit together.
 * @returns undefined while there is no checkpoint
 */
export async function dumpLog(database: Database, dumped: DumpedLog): Promise<LogDump | undefined> {
  const newest = await database.transaction({ role: 'engine' }, (tx) => dumped.log.newest(tx));
  return newest && { size: newest.size, lines: linesOf(database, dumped, newest.size) };
}

async function* linesOf(
  database: Database,
  dumped: DumpedLog,
  size: number,
): AsyncGenerator<string, void, undefined> {
  const { origin, verifierKeys: keys } = dumped.signer;
  yield dumpLine({ type: 'ledger', format: dumped.format, origin, size, keys });
  const checkpoints = checkpointsOf(database, dumped.log, size);
  let next = (await checkpoints.next()).value;
  let [previous, count]: [number | null, number] = [null, 0];
  for (let from = 0; ; from += PAGE) {
    const leaves = await leavesOf(database, dumped, { from, to: Math.min(from + PAGE, size) });
    for (let at = from; ; at++) {
      // A checkpoint stands behind the last leaf that it covers.
      while (next?.size === at) {
        yield dumpLine({ type: 'checkpoint', previous, note: next.note });
        previous = at;
        count += 1;
        next = (await checkpoints.next()).value;
      }
      const leaf = leaves[at - from];
      if (leaf === undefined) break;
      yield leaf;
    }
    if (from + PAGE >= size) break;
  }
  yield dumpLine({ type: 'end', leaves: size, checkpoints: count });
}

async function leavesOf(database: Database, dumped: DumpedLog, range: LeafRange): Promise<string[]> {
  const lines = await database.transaction({ role: 'engine' }, (tx) => dumped.lines(tx, range));
  if (lines.length !== range.to - range.from) throw new Error(`${dumped.log.name} lacks a leaf`);
  return lines;
}

async function* checkpointsOf(
  database: Database,
  log: MerkleLog,
  upTo: number,
): AsyncGenerator<Checkpoint, undefined, undefined> {
  let last: number | null = null;
  for (;;) {
    const after: number | null = last;
    const page: Checkpoint[] = await database.transaction({ role: 'engine' }, (tx) =>
      log.checkpoints(tx, after, upTo, PAGE),
    );
    yield* page;
    last = page.at(-1)?.size ?? last;
    if (page.length < PAGE) return undefined;
  }
}

/** One line of a dump. */
export function dumpLine(fields: Record<string, unknown>): string {
  return `${JSON.stringify(fields)}\n`;
}

/** An entry's place in its chain, and its leaf. */
export interface EntrySeal {
  salt: Buffer;
  previousHash: Buffer | null;
  hash: Buffer;
}

/** The line of an entry; the record stands in it in its canonical form, byte by byte as it was hashed. */
export function entryLine(
  index: number,
  leafHash: Buffer,
  record: string,
  { salt, previousHash, hash }: EntrySeal,
): string {
  const hashes = JSON.stringify({
    leafHash: leafHash.toString('base64'),
    salt: salt.toString('base64'),
    previousHash: previousHash?.toString('base64') ?? null,
    hash: hash.toString('base64'),
  });
  return `{"type":"event","index":${index},"record":${record},${hashes.slice(1)}\n`;
}
