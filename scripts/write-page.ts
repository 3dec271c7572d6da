import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/** Writes a page that is made from code. With `--check` the process ends with 1 where it was not what it is now. */
export async function writePage(path: string, text: string): Promise<void> {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const after = await format(text, { ...(await resolveConfig(path)), parser: 'markdown' });
  writeFileSync(path, after);
  if (process.argv.includes('--check') && before !== after) {
    console.error(`${path} is not what the code says: review it and commit it (it has just been written).`);
    process.exit(1);
  }
}
