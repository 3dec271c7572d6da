/**
 * Writes docs/reasons.md from the catalogues in libs/<library>/src/domain/*reasons.ts. With `--check` it also fails
 * when the page was not what the code says, or when something can be refused that no catalogue has.
 */
import type { DocumentedReason, ReasonCatalogue } from '../libs/accounts/src/domain/documented-reason.ts';
import { readCatalogues } from './reason-catalogues.ts';
import { missingFrom } from './reason-coverage.ts';
import { writePage } from './write-page.ts';

const PAGE = 'docs/reasons.md';
const INTRODUCTION = `# Reasons

Every refusal, and every deferral, has a stable reason: a name for programs, which never changes its meaning, a sentence for
people, and \`retryAt\`, the earliest time at which the same request would pass. This page has all of them. It is made from the
code by \`npm run reasons\`.`;

type Reason = DocumentedReason & { gate?: string };

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

const files = await readCatalogues();
const sections = files.flatMap(({ catalogues, gates }) => catalogues.map((each) => section(each, gates)));
await writePage(PAGE, [INTRODUCTION, ...sections].join('\n\n'));
const missing = missingFrom(files.flatMap(({ catalogues }) => catalogues));
for (const sentence of missing) console.error(sentence);
if (missing.length > 0) process.exit(1);
console.log(`${PAGE} is what the code says.`);
