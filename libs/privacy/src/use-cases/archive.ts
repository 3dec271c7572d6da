import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file of an archive, whose bytes are made as they are read. */
export interface ArchiveFile {
  name: string;
  content: AsyncIterable<Buffer>;
}

/**
 * The bytes of a ZIP of files, one after another: a file is begun when all of the one before was read, so that no more than
 * some buffers are in memory, however large they are.
 */
export async function* zipped(
  files: AsyncIterable<ArchiveFile>,
  mtime: Date,
): AsyncGenerator<Buffer, void, undefined> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const ended = new AbortController();
  const feeding = feed(zip, files, mtime, ended.signal);
  // Whoever reads is told; and what a reader who went away would have been told, nobody needs.
  feeding.catch((error: unknown) => output.destroy(error as Error));
  zip.on('error', (error: Error) => output.destroy(error));
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    ended.abort();
  }
}

async function feed(
  zip: ZipFile,
  files: AsyncIterable<ArchiveFile>,
  mtime: Date,
  ended: AbortSignal,
): Promise<void> {
  for await (const { name, content } of files) {
    const stream = Readable.from(content, { objectMode: false, signal: ended });
    // Yazl opens one file at a time, in order, and does not listen to errors of those streams.
    zip.addReadStream(stream, name, { mtime, mode: 0o100600 });
    await finished(stream);
  }
  zip.end();
}

/** The same bytes in pieces of one size; only the last may be smaller. */
export async function* inPieces(
  chunks: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<Buffer, void, undefined> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    length += chunk.length;
    if (length < size) continue;
    let rest = Buffer.concat(gathered);
    for (; rest.length >= size; rest = rest.subarray(size)) yield rest.subarray(0, size);
    gathered = [rest];
    length = rest.length;
  }
  if (length > 0) yield Buffer.concat(gathered);
}
