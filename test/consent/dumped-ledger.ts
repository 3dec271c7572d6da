import { sha256 } from '../../apps/verify/src/bytes.js';
import { canonical } from '../../apps/verify/src/json.js';
import { hashLeaf } from '../../apps/verify/src/tree.js';
import { type LogPlatform, startLog } from './log-platform.js';

/** A line of a dump. */
export type Line = Record<string, any>;

/** A dump to tamper with. */
export class DumpedLedger {
  constructor(
    readonly log: LogPlatform,
    readonly lines: readonly string[],
    /** The key that the platform publishes. */
    readonly key: string,
    /** The second checkpoint, as somebody kept it. */
    readonly kept: string,
  ) {}

  /** Copies of its lines, to be changed. */
  get parsed(): Line[] {
    return this.lines.map((line) => JSON.parse(line) as Line);
  }

  /** Where the nth line of a type is. */
  lineOf(type: string, nth = 0): number {
    return this.parsed.flatMap((line, at) => (line['type'] === type ? [at] : []))[nth]!;
  }

  /** The dump with one line changed. */
  changed(at: number, change: (line: Line) => void): string[] {
    const lines = this.parsed;
    change(lines[at]!);
    return written(lines);
  }
}

/** Three checkpoints (over 0, 6 and 12 leaves) of the events of three persons, one of whom was erased. */
export async function dumpALedger(): Promise<DumpedLedger> {
  const log = await startLog();
  await log.extend();
  const [ada, bob, eve] = [await log.aPerson(), await log.aPerson(), await log.aPerson()];
  for (const [person, count] of [
    [ada, 2],
    [bob, 1],
    [eve, 1],
    [ada, 2],
  ] as const) {
    await log.record(person, count);
  }
  await log.settle();
  const kept = (await log.read('checkpoint')).text;
  await log.record(bob, 3);
  await log.record(eve, 1);
  await log.record(ada, 2);
  await log.settle();
  await log.database.sql('DELETE FROM consent_event WHERE person_id = $1', [eve.personId]);
  return new DumpedLedger(log, await log.dump(), await log.key(), kept);
}

/** Lines as the dump writes them. */
export function written(lines: readonly Line[]): string[] {
  return lines.map((line) => `${JSON.stringify(line)}\n`);
}

/** Changes a record and makes its own hashes anew, as a forger without the keys can. */
export function reseal(line: Line, change: Record<string, unknown>): void {
  Object.assign(line['record'], change);
  const salt = Buffer.from(line['salt'], 'base64');
  const record = canonical(line['record']);
  line['leafHash'] = hashLeaf(sha256(salt, record)).toString('base64');
  line['hash'] = sha256(Buffer.from(line['previousHash'] ?? '', 'base64'), salt, record).toString('base64');
}
