/**
 * Writes docs/attacks.md from the names of the tests that attack. They are had from jest, which is told to run none of them, or from
 * the report of a whole run (`--report <file>`). With `--check` it also fails when the page was not what the tests are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { writePage } from './write-page.ts';

/** As jest's `--json` has it. */
interface Report {
  testResults: { name: string; assertionResults: { ancestorTitles: string[]; title: string }[] }[];
}

const PAGE = 'docs/attacks.md';
const INTRODUCTION = `# Attacks

What the tests try from outside, and expect to be refused, in the groups of the
[OWASP API Security Top 10 (2023)](https://owasp.org/API-Security/editions/2023/en/0x11-t10/) and of the
[OWASP GraphQL cheat sheet](https://cheatsheetseries.owasp.org/cheatsheets/GraphQL_Cheat_Sheet.html). Many are made from the schemas, so
that a new operation is attacked by itself. This page is made from the tests by \`npm run attacks\`.`;
/** Files whose attacks are all of one group; elsewhere each \`describe\` begins with the name of its group. */
const WHOLE_FILES: Record<string, string> = {
  'test/attacks/cross-tenant.spec.ts': 'API1:2023 Broken Object Level Authorization',
  'test/api/permissions.spec.ts': 'API5:2023 Broken Function Level Authorization',
  'test/api/walls.spec.ts': 'GraphQL: DoS Prevention',
  'test/api/subscription-walls.spec.ts': 'GraphQL: DoS Prevention',
  'test/api/request-budgets.spec.ts': 'API4:2023 Unrestricted Resource Consumption',
  'test/matching/no-enumeration.spec.ts': 'API6:2023 Unrestricted Access to Sensitive Business Flows',
  'test/people/phone-codes.spec.ts': 'API6:2023 Unrestricted Access to Sensitive Business Flows',
  'test/limits/attacks.spec.ts': 'API6:2023 Unrestricted Access to Sensitive Business Flows',
  'test/webhooks/private-addresses.spec.ts': 'API7:2023 Server Side Request Forgery',
  'test/accounts/private-websites.spec.ts': 'API7:2023 Server Side Request Forgery',
  'test/people/walls.spec.ts': 'API1:2023 Broken Object Level Authorization',
  'test/webhooks/trouble.spec.ts': 'API10:2023 Unsafe Consumption of APIs',
};
/** What may stand behind its name, as a part of the title, is of no group. */
const GROUP = /^(?:API\d+:2023|GraphQL:)[^:]*/;
/** Attacks of a file that are named; of more, which come from the schemas, the rest is counted. */
const BY_SCHEMA = 12;
/** Fewer would mean that some are no longer found. */
const LEAST = 150;

/** The names of all tests, at least of those files. */
function names(): Report {
  const { report } = parseArgs({
    options: { report: { type: 'string' }, check: { type: 'boolean' } },
  }).values;
  if (report !== undefined) return JSON.parse(readFileSync(report, 'utf8')) as Report;
  const folder = mkdtempSync(join(tmpdir(), 'assent-attacks-'));
  const file = join(folder, 'jest.json');
  const files = ['test/attacks/', ...Object.keys(WHOLE_FILES)];
  const { stderr, status } = spawnSync(
    'npm',
    ['test', '--', ...files, '--testNamePattern=^nothing has this name$', '--json', `--outputFile=${file}`],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  try {
    // A file that can not be read would only be missing from the page.
    if (status !== 0) throw new Error(`jest told not all names:\n${stderr}`);
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const groups = new Map<string, Map<string, string[]>>();
let count = 0;
for (const { name, assertionResults } of names().testResults) {
  const path = relative(process.cwd(), name);
  for (const { ancestorTitles, title } of assertionResults) {
    const [first = ''] = ancestorTitles;
    const group = WHOLE_FILES[path] ?? GROUP.exec(first)?.[0];
    if (group === undefined) continue;
    const files = groups.get(group) ?? new Map<string, string[]>();
    groups.set(group, files);
    files.set(path, [
      ...(files.get(path) ?? []),
      [...ancestorTitles.map(withoutGroup), title].filter(Boolean).join(': '),
    ]);
    count++;
  }
}
const order = [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
const overview = order.map(([group, files]) => `| ${group} | ${[...files.values()].flat().length} |`);
const sections = order.map(([group, files]) => {
  const lists = [...files]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([path, titles]) => {
      const shown = titles.slice(0, BY_SCHEMA).map((title) => `- ${plain(title)}`);
      const more = titles.length > BY_SCHEMA ? [`- and ${titles.length - BY_SCHEMA} more`] : [];
      return [`\`${path}\`, ${titles.length}:`, '', ...shown, ...more].join('\n');
    });
  return [`## ${group}`, ...lists].join('\n\n');
});
if (count < LEAST) throw new Error(`There are ${count} attacks; there are to be at least ${LEAST}`);
const missing = Object.keys(WHOLE_FILES).filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`There is no ${missing.join(', ')}: say in WHOLE_FILES where it is`);
await writePage(
  PAGE,
  [
    INTRODUCTION,
    `${count} tests, of which a few prove that the others reach what they attack:`,
    ['| Group | Tests |', '| --- | ---: |', ...overview].join('\n'),
    ...sections,
  ].join('\n\n'),
);
console.log(`${PAGE} is what the tests are: ${count} attacks.`);

/** A title of a test as Markdown that shows it, on one line. */
function plain(title: string): string {
  return title
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, 160)
    .replaceAll(/[\\`*_<>{}[\]|#]/g, '\\$&');
}

/** What a title says besides the group, which is the heading already. */
function withoutGroup(title: string): string {
  return title.replace(GROUP, '').replace(/^: /, '');
}
