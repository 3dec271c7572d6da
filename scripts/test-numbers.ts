/**
 * Writes the table of docs/test-mode.md from libs/sandbox/src/domain/test-outcomes.ts. With `--check` it also fails when
 * the table was not what the code says.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { TEST_OUTCOMES } from '../libs/sandbox/src/domain/test-outcomes.ts';

const PAGE = 'docs/test-mode.md';
const TABLE = /(<!-- outcomes -->\n)[^]*(<!-- \/outcomes -->)/;

const rows = Object.entries(TEST_OUTCOMES)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([ending, { name, meets }]) => `| \`${ending}\` | ${name} | ${meets} |`);
const table = ['| ends in | name | what you meet |', '| --- | --- | --- |', ...rows].join('\n');
const before = readFileSync(PAGE, 'utf8');
const after = await format(
  before.replace(TABLE, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`),
  { ...(await resolveConfig(PAGE)), parser: 'markdown' },
);
writeFileSync(PAGE, after);
if (process.argv.includes('--check') && before !== after) {
  console.error(`${PAGE} is not what the code says: review it and commit it (it has just been written).`);
  process.exit(1);
}
console.log(`${PAGE} is what the code says.`);
