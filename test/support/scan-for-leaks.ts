import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { leaksIn } from './leaks.ts';

/** Files of PostgreSQL's own catalogues have smaller numbers. */
const FIRST_OF_OURS = 16_384;

/** The files of a folder, read as bytes; none where they are those of a server that keeps them to itself. */
export function leaksInFolder(where: string, folder: string, isMeant = (_: string) => true): string[] {
  const found = new Set<string>();
  try {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (!isMeant(name) || !statSync(path).isFile()) continue;
      for (const leak of leaksIn(where, readFileSync(path).toString('latin1'))) found.add(leak);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'ENOENT' && code !== 'EPERM') throw error;
  }
  return [...found];
}

/** Whether a file of a database holds rows of a table of ours. */
export function isTableOfOurs(name: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(name) && Number.parseInt(name, 10) >= FIRST_OF_OURS;
}

/** Whether leaks are looked for at all: .ci/run does, and costs of it are 0.1 s a file of tests. */
export const isScanning = () => Boolean(process.env['TEST_LEAKS']);

/** Notes leaks in the file that TEST_LEAKS names. */
export function noteLeaks(leaks: readonly string[], where = ''): void {
  const file = process.env['TEST_LEAKS'];
  if (!file || leaks.length === 0) return;
  appendFileSync(file, leaks.map((leak) => `${leak}${where}\n`).join(''));
}
