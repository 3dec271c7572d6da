import { Failure } from './failure.js';
import { canonical, exactly, parse, text, texts, whole } from './json.js';
import { type Checkpoint, checkSignatures, type Key, openCheckpoint, readKey } from './note.js';

/** Names the format of exports. */
export const EXPORT_FORMAT = 'assent-export/1';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** A file as the manifest lists it. */
export interface ListedFile {
  name: string;
  size: number;
  sha256: string;
}

/** What an export says of itself, signed. */
export interface Manifest {
  personId: string;
  madeAt: string;
  origin: string;
  checkpoint: Checkpoint | null;
  files: ListedFile[];
  /** Keys that are trusted and that signed it. */
  signers: Key[];
}

/** Reads a manifest and checks its signatures. @param pinned keys that the reader trusts; without any, those that it names. @throws Failure */
export function readManifest(source: string, signatures: string, pinned: readonly Key[]): Manifest {
  const value = parse(source.replace(/\n$/, ''), 'the manifest');
  const fields = exactly(value, 'the manifest', ['format', 'personId', 'madeAt', 'log', 'files']);
  if (fields['format'] !== EXPORT_FORMAT) throw new Failure(`the manifest is not one of an ${EXPORT_FORMAT}`);
  if (`${canonical(value)}\n` !== source) {
    throw new Failure('the manifest is not in the canonical form of RFC 8785, followed by a newline');
  }
  const log = exactly(fields['log'], '"log"', ['origin', 'keys', 'checkpoint']);
  const origin = text(log['origin'], '"log.origin"');
  const named = texts(log['keys'], '"log.keys"').map(readKey);
  const known = [...named, ...pinned];
  const trusted = (pinned.length > 0 ? pinned : named).filter(({ name }) => name === origin);
  const trustedOf = (signers: readonly Key[]) =>
    trusted.filter(({ text: key }) => signers.some((signer) => signer.text === key));

  const lines = signatures.split('\n');
  if (lines.pop() !== '') throw new Failure('the last line is not ended', { file: 'manifest.sig' });
  const signed = checkSignatures(`${origin} ${EXPORT_FORMAT}\n${source}`, lines, known, 'the manifest');
  const signers = trustedOf(signed);
  if (signers.length === 0) throw new Failure('the manifest is not signed by a key that you trust');

  let checkpoint: (Checkpoint & { signers: Key[] }) | null = null;
  if (log['checkpoint'] !== null) {
    checkpoint = openCheckpoint(text(log['checkpoint'], '"log.checkpoint"'), known);
    if (checkpoint.origin !== origin)
      throw new Failure('"log.origin" is not the log whose checkpoint this is');
    if (trustedOf(checkpoint.signers).length === 0) {
      throw new Failure('the checkpoint is not signed by a key that you trust');
    }
  }
  return {
    personId: matching(fields['personId'], UUID, '"personId"'),
    madeAt: matching(fields['madeAt'], TIME, '"madeAt"'),
    origin,
    checkpoint,
    files: filesOf(fields['files']),
    signers,
  };
}

function filesOf(value: unknown): ListedFile[] {
  if (!Array.isArray(value)) throw new Failure('"files" is not a list');
  const names = new Set<string>();
  return value.map((item) => {
    const file = exactly(item, 'a file of the manifest', ['name', 'size', 'sha256']);
    const name = text(file['name'], 'a name of the manifest');
    if (names.has(name)) throw new Failure('the manifest lists the file twice', { file: name });
    names.add(name);
    return {
      name,
      size: whole(file['size'], 'a size of the manifest', 0),
      sha256: matching(file['sha256'], SHA256, 'a hash of the manifest'),
    };
  });
}

function matching(value: unknown, pattern: RegExp, what: string): string {
  const given = text(value, what);
  if (!pattern.test(given)) throw new Failure(`${what} of the manifest has another form`);
  return given;
}
