import { createHash } from 'node:crypto';
import type { ExportRecord } from '@assent/platform';
import type { ArchiveFile } from './archive.js';

/** Lines are handed on in blocks of about this many bytes: a line at a time would cost more than what is done with it. */
const BLOCK_BYTES = 64 * 1024;

/** A file as the manifest names it. */
export interface ListedFile {
  name: string;
  /** Bytes. */
  size: number;
  /** In hexadecimal digits. */
  sha256: string;
}

/**
 * Puts records into their files: `.jsonl` holds a record a line, `.json` a single one. Each file is to be read to its end
 * before the next is asked for.
 * @throws Error where a file comes again that was left: it would be in the archive twice
 */
export async function* filesOf(
  records: AsyncIterable<ExportRecord>,
): AsyncGenerator<ArchiveFile, void, undefined> {
  const begun = new Set<string>();
  const source = records[Symbol.asyncIterator]();
  try {
    let next = await source.next();
    while (!next.done) {
      const name = next.value.file;
      if (begun.has(name)) throw new Error(`The file ${name} of an export comes in two parts`);
      begun.add(name);
      const lines = async function* () {
        for (; !next.done && next.value.file === name; next = await source.next()) {
          yield name.endsWith('.jsonl')
            ? `${JSON.stringify(next.value.row)}\n`
            : `${JSON.stringify(next.value.row, null, 2)}\n`;
        }
      };
      yield { name, content: inBlocks(lines()) };
    }
  } finally {
    await source.return?.();
  }
}

/** The file, which puts itself on the list with its size and hash as soon as it was read to its end. */
export function listed({ name, content }: ArchiveFile, list: ListedFile[]): ArchiveFile {
  const counted = async function* () {
    const hash = createHash('sha256');
    let size = 0;
    for await (const bytes of content) {
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
    list.push({ name, size, sha256: hash.digest('hex') });
  };
  return { name, content: counted() };
}

/** A file of one text. */
export function fileOf(name: string, text: string): ArchiveFile {
  return { name, content: inBlocks([text]) };
}

async function* inBlocks(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Buffer, void, undefined> {
  let block = '';
  for await (const line of lines) {
    block += line;
    if (block.length < BLOCK_BYTES) continue;
    yield Buffer.from(block);
    block = '';
  }
  if (block) yield Buffer.from(block);
}
