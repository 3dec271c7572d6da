/**
 * Writes the table of docs/test-mode.md from libs/sandbox/src/domain/test-outcomes.ts. With `--check` it also fails when
 * the table was not what the code says.
 */
import { readFileSync } from 'node:fs';
import { TEST_OUTCOMES } from '../libs/sandbox/src/domain/test-outcomes.ts';
import { writePage } from './write-page.ts';

const PAGE = 'docs/test-mode.md';
const TABLE = /(<!-- outcomes -->\n)[^]*(<!-- \/outcomes -->)/;

const rows = Object.entries(TEST_OUTCOMES)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([ending, { name, meets }]) => `| \`${ending}\` | ${name} | ${meets} |`);
const table = ['| ends in | name | what you meet |', '| --- | --- | --- |', ...rows].join('\n');
const before = readFileSync(PAGE, 'utf8');
await writePage(
  PAGE,
  before.replace(TABLE, (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`),
);
console.log(`${PAGE} is what the code says.`);
