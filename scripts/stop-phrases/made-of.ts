import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** What the weights depend on: the corpus to work with, how it is read, and how they are trained. */
const SOURCES = [
  'test/consent/stop-phrases/work.tsv',
  'scripts/stop-phrases/**/*.{ts,txt}',
  'libs/consent/src/domain/stop-phrases/**/*.ts',
];
/** These do not matter to them, or are made of them. */
const OTHERS = /\.spec\.ts$|weights\.ts$|recognised?\.ts$|score\.ts$/;

/** SHA-256 of everything that the weights are made of: they are stale where it is another than they carry. */
export function madeOf(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES).filter((file) => !OTHERS.test(file));
  for (const file of files.sort()) hash.update(`${file.replaceAll('\\', '/')}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
