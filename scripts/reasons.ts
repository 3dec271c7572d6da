/**
 * Writes docs/reasons.md from the catalogues in libs/<library>/src/domain/*reasons.ts. With `--check` it also fails
 * when the page was not what the code says.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { DocumentedReason, ReasonCatalogue } from '../libs/accounts/src/domain/documented-reason.ts';

const PAGE = 'docs/reasons.md';
const INTRODUCTION = `# Reasons

Every refusal, and every deferral, has a stable reason: a name for programs, which never changes its meaning, a sentence for
people, and \`retryAt\`, the earliest time at which the same request would pass. This page has all of them. It is made from the
code by \`npm run reasons\`.`;

type Reason = DocumentedReason & { gate?: string };

/** Catalogues of one file; GATES, where it has them, say what its gates are about. */
interface CatalogueFile {
  catalogues: ReasonCatalogue[];
  gates: Record<string, string>;
}

async function read(path: string): Promise<CatalogueFile> {
  const { GATES: gates = {}, ...exported } = (await import(pathToFileURL(path).href)) as {
    GATES?: Record<string, string>;
  };
  return { catalogues: Object.values(exported).filter(isCatalogue), gates };
}

function isCatalogue(value: unknown): value is ReasonCatalogue {
  return typeof value === 'object' && value !== null && 'title' in value && 'reasons' in value;
}

function section({ title, about, reasons }: ReasonCatalogue, gates: Record<string, string>): string {
  const rows = Object.entries<Reason>(reasons).map(([name, reason]) => entry(name, reason, gates));
  return [`## ${title}`, about, ...rows].join('\n\n');
}

function entry(name: string, { gate, ...reason }: Reason, gates: Record<string, string>): string {
  return [
    `### \`${name}\``,
    `> ${reason.message}`,
    [
      ...(gate ? [`- **Gate:** \`${gate}\`. ${gates[gate] ?? ''}`] : []),
      `- **Who sees it:** ${reason.seenBy}`,
      `- **What it means:** ${reason.means}`,
      `- **What to do:** ${reason.todo}`,
      `- **Can it pass later:** ${reason.later}`,
    ].join('\n'),
  ].join('\n\n');
}

const paths = globSync('libs/*/src/domain/**/*reasons.ts').sort(
  (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
);
/** Sending first: that is what most people look up. */
function rank(path: string): number {
  return path.startsWith('libs/messaging/src/domain/reasons') ? 0 : 1;
}
const files = await Promise.all(paths.map(read));
const sections = files.flatMap(({ catalogues, gates }) => catalogues.map((each) => section(each, gates)));
const page = await format([INTRODUCTION, ...sections].join('\n\n'), {
  ...(await resolveConfig(PAGE)),
  parser: 'markdown',
});
const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : undefined;
writeFileSync(PAGE, page);
if (process.argv.includes('--check') && before !== page) {
  console.error(`${PAGE} is not what the code says: review it and commit it (it has just been written).`);
  process.exit(1);
}
console.log(`${PAGE} is what the code says.`);
