import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { checkExport, type ExportReport } from '../../apps/verify/src/export.js';
import { readKey } from '../../apps/verify/src/note.js';
import type { TestPerson } from '../support/builders/people.js';
import { type TestPlatform, until } from '../support/platform.js';

const EXPORT = 'id status requestedAt progress records size sha256 expiresAt downloadPath';

/** The files of an archive. */
export type Files = Map<string, Buffer>;

/** What `exportMyData` answers. */
export async function request({ api }: TestPerson): Promise<any> {
  const { exportMyData } = await api.do(`mutation { exportMyData {
    __typename ... on ExportMyDataPayload { export { ${EXPORT} } } ... on Refusal { reason message retryAt }
  } }`);
  return exportMyData;
}

/** One export, as its person sees it. */
export async function read({ api }: TestPerson, id: string): Promise<any> {
  return (await api.do(`query ($id: ID!) { myExport(id: $id) { ${EXPORT} } }`, { id })).myExport;
}

/** Waits until an export is made. */
export async function ready(person: TestPerson, id: string): Promise<any> {
  return until('an export is made', async () => {
    const found = await read(person, id);
    return found?.status === 'READY' ? found : undefined;
  });
}

/** Fetches a path of the platform. */
export function fetchFrom(platform: TestPlatform, path: string, token?: string): Promise<Response> {
  return fetch(`${platform.url}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
}

/** Has an export made, and fetches it. */
export async function exported(platform: TestPlatform, person: TestPerson): Promise<Buffer> {
  const { export: begun } = await request(person);
  const { downloadPath } = await ready(person, begun.id);
  const answer = await fetchFrom(platform, downloadPath, person.token);
  return Buffer.from(await answer.arrayBuffer());
}

/** Unpacks an archive. */
export async function unpacked(archive: Buffer): Promise<Files> {
  const zip = await fromBufferPromise(archive, { lazyEntries: true });
  const files: Files = new Map();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

/** Packs files into an archive, as anybody can. */
export async function packed(files: Iterable<readonly [string, Buffer]>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The records of a `.jsonl` file. */
export function records(files: Files, name: string): any[] {
  const lines = files.get(name)?.toString('utf8').split('\n') ?? [''];
  if (lines.pop() !== '') throw new Error(`${name} does not end with a newline`);
  return lines.map((line) => JSON.parse(line));
}

/** Checks an archive, saved as a file, as assent-verify does. */
export async function check(archive: Buffer, ...keys: string[]): Promise<ExportReport> {
  const folder = mkdtempSync(join(tmpdir(), 'assent-export-'));
  try {
    const path = join(folder, 'export.zip');
    writeFileSync(path, archive);
    return await checkExport(path, keys.map(readKey));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What assent-verify objects to; undefined where the archive holds. */
export function objection(archive: Buffer, ...keys: string[]): Promise<string | undefined> {
  return check(archive, ...keys).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
}
