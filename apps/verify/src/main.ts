#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Failure } from './failure.js';
import { type Key, readKey } from './note.js';
import { type Report, verifyFile } from './verify.js';

const USAGE = `Usage: assent-verify FILE [--key KEY]... [--checkpoint FILE]...

Checks a receipt of a consent or of a reported message, an export of a person's data, a proof of erasure, or a
dump of a whole consent ledger or audit log, offline and on its own.

  --key KEY          a key of the log that you trust, name+id+base64, or a file with such lines:
                     what <platform>/consent-log/key or /audit-log/key said when you first asked
  --checkpoint FILE  a checkpoint that you kept: the dump must continue the log of then

Exit code 0: it holds. 1: it does not, and the first place is named. 2: it could not be checked.
`;

const HOLDS = 0;
const BROKEN = 1;
const UNCHECKED = 2;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true, default: [] },
        checkpoint: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const [file, ...more] = positionals;
    if (values.help) {
      process.stdout.write(USAGE);
      return HOLDS;
    }
    if (file === undefined || more.length > 0) return say(UNCHECKED, USAGE);
    const keys = values.key.flatMap(readKeys);
    const checkpoints = values.checkpoint.map((path) => readFileSync(path, 'utf8'));
    if (checkpoints.length > 0 && keys.length === 0) {
      return say(UNCHECKED, 'A kept checkpoint says something only with the key that you trust: add --key\n');
    }
    return await check(file, keys, checkpoints);
  } catch (error) {
    return say(UNCHECKED, `${(error as Error).message}\n`);
  }
}

async function check(file: string, keys: Key[], checkpoints: string[]): Promise<number> {
  try {
    const report = await verifyFile(file, { keys, checkpoints });
    process.stdout.write(`${file} holds.\n${describe(report)}${trustText(report, keys)}`);
    return HOLDS;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return say(BROKEN, `${file} does not hold.\n  ${error.message}\n`);
  }
}

function readKeys(given: string): Key[] {
  const lines = existsSync(given) ? readFileSync(given, 'utf8').split('\n') : [given];
  const keys = lines.map((line) => line.trim()).filter(Boolean);
  if (keys.length === 0) throw new Failure(`${given} has no key in it`);
  return keys.map(readKey);
}

function describe(report: Report): string {
  if (report.kind === 'export') {
    const { personId, madeAt, files, entries, receipts, origin } = report;
    return (
      `  everything about person ${personId}, as of ${madeAt}\n` +
      `  files: ${files}; entries of the consent ledger: ${entries}, receipts: ${receipts}, in the log ${origin}\n`
    );
  }
  if (report.kind === 'dump') {
    const { what, events, erased, persons, checkpoints, newest } = report;
    return (
      `  ${what}\n` +
      `  entries: ${events}, ${what === 'audit log' ? 'in chains' : 'of persons'}: ${persons}; erased: ${erased}\n` +
      `  checkpoints: ${checkpoints}; leaves under the last one: ${newest.size}, in the log ${newest.origin}\n`
    );
  }
  if (report.kind === 'erasure') {
    const { id, askedAt, doneAt, leaves, kept, size, origin } = report;
    return (
      `  erasure ${id}, asked for at ${askedAt}, done at ${doneAt}\n` +
      `  erased leaves: ${leaves}, of ${size} in the log ${origin}\n` +
      `  kept:\n${kept.map(({ store, why }) => `    ${store}: ${why}\n`).join('')}`
    );
  }
  if (report.kind === 'report receipt') {
    const { businessName, business, sentAt, receivedAt, reportedAt, commitment, isOpened } = report;
    return (
      `  the platform's word: ${businessName} (${business}) sent a message at ${sentAt}, received at ${receivedAt}, reported at ${reportedAt}\n` +
      (isOpened
        ? '  what is in the file as "message" is that message, to the byte\n'
        : `  the message is not in the file; it is whichever fits the commitment ${commitment}\n`)
    );
  }
  const { leafIndex, size, origin } = report;
  if (report.kind === 'contact receipt') {
    return (
      `  the platform's word: ${report.action} at ${report.at}, event ${report.event} of contact ${report.contact}\n` +
      `  it has leaf ${leafIndex} of ${size} in the log ${origin}; what is in that leaf, the person's own receipt shows\n`
    );
  }
  const { entry } = report;
  const { action, purpose, businessId, at, actor, source, personId, seq } = entry;
  return (
    `  ${action} of ${purpose ?? 'everything'}, ${businessId ? `business ${businessId}` : 'all businesses'}, ` +
    `by ${actor} through ${source}, at ${at}\n` +
    `  entry ${seq} in the ledger of person ${personId}\n` +
    `  leaf ${leafIndex} of ${size} in the log ${origin}\n`
  );
}

function trustText({ signers }: Report, pinned: Key[]): string {
  const names = signers.map(({ text }) => `    ${text}\n`).join('');
  if (pinned.length > 0) return `  Signed with the key that you gave:\n${names}`;
  return (
    `  This shows only that it is consistent with the key that is inside the file:\n${names}` +
    '  Anyone could have made such a file with a key of their own. Compare this key with the one that the platform\n' +
    '  publishes at /consent-log/key or /audit-log/key, and give it with --key.\n'
  );
}

function say(code: number, text: string): number {
  process.stderr.write(text);
  return code;
}
