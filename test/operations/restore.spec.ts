import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { build } from '../processes/build.js';
import { Child } from '../processes/child.js';
import { PlatformFolder, signal, urlOf } from '../processes/platform-folder.js';
import { until } from '../support/until.js';
import { LivedPlatform } from './lived-platform.js';
import { faultsIn } from './restored.js';

const SETTINGS = {
  PAIR_BURST: '1000',
  TEMPLATE_SAMPLE: '1000000',
  THROUGHPUT_PER_SECOND: '9999,9999,9999,9999,9999',
};
/** A platform is started three times, each with the whole of a data folder made or copied before. */
const PATIENCE_MS = 400_000;
const LIVED_MS = 1_500;

const run = promisify(execFile);

describe('a platform whose machine is lost', () => {
  const [first, restored, earlier] = [new PlatformFolder(), new PlatformFolder(), new PlatformFolder()];
  const kept = mkdtempSync(join(tmpdir(), 'assent-test-'));
  const backups = join(kept, 'backups');
  const salvaged = join(kept, 'pg_wal');
  let lived: LivedPlatform;
  let keys = '';
  let key = '';
  const checkpoints: string[] = [];
  /** What anybody could see right before the moment. */
  let seen: ConsentEvent[] = [];
  let moment = 0;

  const tool = async (folder: PlatformFolder, name: string, ...args: string[]): Promise<Child> => {
    const settings = { DATA_DIRECTORY: folder.path, BACKUP_DIRECTORY: backups };
    const child = Child.start(process.execPath, [`dist/apps/platform/src/${name}.js`, ...args], settings);
    await child.exit();
    return child;
  };
  const keep = async (url: string) => {
    const file = join(kept, `checkpoint-${checkpoints.length}`);
    writeFileSync(file, await (await fetch(`${url}/consent-log/checkpoint`)).text());
    checkpoints.push(file);
  };
  /** Restores into a folder that knows nothing but the keys, and starts it without the archive: it is only looked at. */
  const restore = async (folder: PlatformFolder, ...args: string[]): Promise<string> => {
    const done = await tool(folder, 'restore', ...args);
    expect(done.output).toMatch(/^Restored from .*base-\d{8}T\d{6}Z\./);
    writeFileSync(join(folder.path, 'keys'), keys, { mode: 0o600 });
    const url = await urlOf(folder.start(SETTINGS));
    lived.moveTo(url);
    return url;
  };

  beforeAll(() => build(), 300_000);
  beforeAll(async () => {
    chmodSync(kept, 0o755);
    const platform = first.start({ ...SETTINGS, BACKUP_DIRECTORY: backups });
    const url = await urlOf(platform);
    keys = first.read('keys');
    key = (await (await fetch(`${url}/consent-log/key`)).text()).trim();
    lived = await LivedPlatform.on(url, first);
    lived.begin();
    await until('the log has grown', async () => lived.consents.length > 10);
    await keep(url);

    const backup = await tool(first, 'backup');
    expect(backup.output).toMatch(/base-\d{8}T\d{6}Z\nleads to any moment after/);
    await wait(LIVED_MS);
    seen = await consentEvents(first);
    moment = Date.now();
    await wait(LIVED_MS);
    await keep(url);
    await sql(first, 'SELECT pg_switch_wal()');
    const archived = () =>
      sql(first, 'SELECT last_archived_time FROM pg_stat_archiver WHERE last_archived_time > $1', [
        new Date(moment),
      ]);
    await until('what was written by then is archived', async () => (await archived()).length > 0);
    await wait(LIVED_MS);

    const server = first.serverPid;
    signal(server, 'SIGKILL');
    platform.signal('SIGKILL');
    await platform.exit();
    await lived.end();
    cpSync(join(first.path, 'data', 'pg_wal'), salvaged, { recursive: true });
    chmodSync(salvaged, 0o755);
    rmSync(first.path, { recursive: true, maxRetries: 5 });
  }, PATIENCE_MS);
  afterAll(async () => {
    for (const folder of [first, restored, earlier]) await folder.remove();
    rmSync(kept, { recursive: true, maxRetries: 5 });
  });

  it(
    'promise: is restored from backup, archive and what its log of writes still held up to the last commit',
    async () => {
      const url = await restore(restored, '--wal', salvaged);
      const faults = () => lived.inboxes().then((shown) => faultsIn(lived.messages, shown));
      await until(
        'everything is on devices',
        async () => (await faults()).length === 0,
        PATIENCE_MS / 4,
      ).catch(() => undefined);
      expect(await faults()).toEqual([]);
      const again = await lived.sendAgain(lived.messages.filter(({ answered }) => answered).slice(-1_000));
      expect(again.filter(({ replayed }) => !replayed)).toEqual([]);

      const events = await consentEvents(restored);
      await until('all events are in the log', async () => {
        const size = Number((await (await fetch(`${url}/consent-log/checkpoint`)).text()).split('\n')[1]);
        return size >= events.length;
      });
      // Of an event that was not answered nobody knows the id.
      const known = new Set(await lived.ledgers());
      expect(lived.consents.filter(({ name }) => !known.has(name))).toEqual([]);
      expect(known.size).toBe(events.length);
    },
    PATIENCE_MS,
  );

  it('has a ledger that continues what was signed before the backup, and after it', async () => {
    const { stdout } = await run(process.execPath, ['dist/apps/platform/src/ledger-dump.js'], {
      env: { ...process.env, DATABASE_URL: '', DATA_DIRECTORY: restored.path },
      maxBuffer: 100_000_000,
    });
    const dump = join(kept, 'ledger.jsonl');
    writeFileSync(dump, stdout);
    const args = ['dist/apps/verify/src/main.js', dump, '--key', key];
    const verified = await run(process.execPath, [
      ...args,
      ...checkpoints.flatMap((file) => ['--checkpoint', file]),
    ]);
    expect(verified.stdout).toContain('holds.');
    expect(stdout.match(/"type":"event"/g)).toHaveLength((await consentEvents(restored)).length);
  });

  it(
    'is restored to a moment in the middle from backup and archive alone, with what was committed by then',
    async () => {
      const began = Date.now();
      await restore(earlier, '--until', new Date(moment).toISOString());
      const faults = () => lived.inboxes().then((shown) => faultsIn(lived.messages, shown, moment));
      await until(
        'everything is on devices',
        async () => (await faults()).length === 0,
        PATIENCE_MS / 4,
      ).catch(() => undefined);
      expect(await faults()).toEqual([]);

      const there = await consentEvents(earlier);
      const all = await consentEvents(restored);
      expect(all.length).toBeGreaterThan(there.length);
      expect(missing(there, all)).toEqual([]);
      // A commit takes its time first and its place in the log of writes then, so that one from right before the moment may stand
      // behind the place where the restore ends. What could be seen or was answered by then had its place.
      expect(missing(seen, there)).toEqual([]);
      const answered = new Set(lived.consents.map(({ name }) => name));
      const shown = (await lived.ledgers()).filter((name) => answered.has(name));
      const eventFaults = (at: number) => [
        ...faultsIn(lived.consents, shown, at),
        // What it committed since it runs is a stop that was begun by the moment, and brought to its end.
        ...there.filter(({ committed }) => committed > at && committed < began),
      ];
      expect(eventFaults(moment)).toEqual([]);
      // Another moment's restore is none of this one's.
      expect(eventFaults(moment - LIVED_MS / 2)).not.toEqual([]);
      expect(eventFaults(moment + LIVED_MS / 2)).not.toEqual([]);
      // The twin: who takes this restore for one up to the end is told what it lost.
      const lost = faultsIn(lived.messages, await lived.inboxes());
      expect(lost.length).toBeGreaterThan(0);
      expect(lost.every((fault) => fault.startsWith('Lost: '))).toBe(true);
    },
    PATIENCE_MS,
  );

  it('says what stands in the way of a restore, and replaces nothing', async () => {
    const there = await tool(earlier, 'restore');
    expect(there.output).toMatch(/already runs on|data is there: move it away first/);
    const empty = new PlatformFolder();
    const early = await tool(empty, 'restore', '--until', '2020-01-01T00:00:00Z');
    expect(early.output).toMatch(/The oldest backup in .* it leads to no moment before/);
    const noZone = await tool(empty, 'restore', '--until', '2026-01-01T00:00:00');
    expect(noZone.output).toContain('--until is a moment with its zone');
    mkdirSync(empty.path, { recursive: true });
    expect(readdirSync(empty.path).filter((name) => name.startsWith('data'))).toEqual([]);
    await empty.remove();
  });
});

interface ConsentEvent {
  id: string;
  /** Milliseconds of the machine's clock, to the microsecond. */
  committed: number;
}

/** Those that are not among others. */
function missing(events: readonly ConsentEvent[], others: readonly ConsentEvent[]): ConsentEvent[] {
  const known = new Set(others.map(({ id }) => id));
  return events.filter(({ id }) => !known.has(id));
}

/** Every event of the ledger, and when it was committed. */
async function consentEvents(folder: PlatformFolder): Promise<ConsentEvent[]> {
  return sql(
    folder,
    `SELECT id, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000)::float8 AS committed
    FROM consent_event`,
  );
}

/** Looks behind the walls of a folder's server, as its superuser. */
async function sql<Row extends pg.QueryResultRow>(
  folder: PlatformFolder,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { port, passwords } = JSON.parse(folder.read('server.json')) as {
    port: number;
    passwords: Record<string, string>;
  };
  const client = new pg.Client({
    connectionString: `postgres://postgres:${passwords['postgres']}@127.0.0.1:${port}/assent`,
  });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
