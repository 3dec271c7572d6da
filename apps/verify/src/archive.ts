import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { Failure } from './failure.js';

const MOST_FILES = 20_000;
const MOST_BYTES = 64 * 1024 ** 3;
/** Plain names, at most one folder deep: nothing that could be written to somewhere else, or look like another name. */
const NAME = /^(?:[a-z]+\/)?[A-Za-z0-9-]{1,60}\.[a-z]{1,5}$/;

/** The files of a ZIP by their names. Only the list is read at once; contents are read as streams. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws Failure for what is no ZIP, or none that would be made here: strange or repeated names, files inside files */
  static async open(path: string): Promise<Archive> {
    try {
      const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true });
      try {
        return new Archive(zip, await entriesOf(zip));
      } catch (error) {
        zip.close();
        throw error;
      }
    } catch (error) {
      throw failureOf(error);
    }
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  /** The bytes of a file, unpacked; no more than its list says. @throws Failure where there is no such file */
  async *read(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.entries.get(name);
    if (!entry) throw new Failure('the file is missing', { file: name });
    let stream: Readable | undefined;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (error) {
      throw failureOf(error, name);
    } finally {
      stream?.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_FILES) throw new Failure(`there are more than ${MOST_FILES} files in it`);
  const entries = new Map<string, Entry>();
  let [packed, unpacked] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    const file = entry.fileName;
    if (!NAME.test(file))
      throw new Failure(`it has a file with a name that no export has: ${JSON.stringify(file)}`);
    if (entries.has(file)) throw new Failure('there are two files of that name', { file });
    if (entry.isEncrypted()) throw new Failure('the file is encrypted', { file });
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    // Files that share their bytes make a small archive that never ends.
    if (packed > zip.fileSize) throw new Failure('files overlap', { file });
    if (unpacked > MOST_BYTES) throw new Failure('the archive would unpack to more than 64 GB', { file });
    entries.set(file, entry);
  }
  return entries;
}

function failureOf(error: unknown, file?: string): unknown {
  if (error instanceof Failure) return error;
  const { syscall, message } = error as NodeJS.ErrnoException;
  // What the file system says is no matter of the archive.
  if (syscall !== undefined) return error;
  return new Failure(`the archive is damaged: ${message}`, file === undefined ? {} : { file });
}
