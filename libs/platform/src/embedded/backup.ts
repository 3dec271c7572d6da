import * as fs from 'node:fs';
import * as path from 'node:path';
import pg from 'pg';
import { archiveIn } from './archive.ts';
import { copyTree, sync } from './copy-tree.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { signal } from './processes.ts';
import { recall, urlsOf, writePrivately } from './remembered.ts';

/** A whole backup: what the server wrote after its start is in the archive. */
export interface Backup {
  path: string;
  /** When it was complete, in whole seconds: a restore to any later moment can begin with it. */
  completedAt: Date;
}

const NAME = /^base-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
/** What is made anew at each start, or is of this very server only (PostgreSQL's documentation, 25.3.4). */
const EMPTY =
  /^(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//;
const LEFT_OUT = /^postmaster\.(?:pid|opts)$|(?:^|\/)(?:pgsql_tmp[^/]*|pg_internal\.init[^/]*)$/;

/**
 * Copies the data of an embedded server while it runs, by PostgreSQL's low-level interface of backups. When it resolves,
 * the copy and all of the archive that belongs to it are on the disk. @throws EmbeddedPostgresError
 */
export async function takeBackup(directory: string, backups: string): Promise<Backup> {
  const remembered = recall(directory);
  if (!remembered) throw new EmbeddedPostgresError(`There is no embedded PostgreSQL in ${directory}`);
  const client = new pg.Client({ connectionString: urlsOf(remembered).superuserUrl });
  client.on('error', () => undefined);
  // Should we end in the middle, the session ends too, and with it the server's being backed up.
  await client.connect().catch(() => {
    throw new EmbeddedPostgresError(`The PostgreSQL in ${directory} does not run: start the platform first`);
  });
  try {
    await requireArchive(client, archiveIn(backups));
    discardHalfMade(backups);
    const half = path.join(backups, `half-${process.pid}`);
    fs.mkdirSync(path.join(half, 'data'), { recursive: true, mode: 0o700 });
    await client.query(`SELECT pg_backup_start('assent', fast => true)`);
    await copyTree(fs.realpathSync(path.join(directory, 'data')), path.join(half, 'data'), {
      leaveOut: (below) => EMPTY.test(below) || LEFT_OUT.test(below),
    });
    const stopped = await client.query<{ labelfile: string }>(
      'SELECT labelfile FROM pg_backup_stop(wait_for_archive => true)',
    );
    writePrivately(path.join(half, 'data', 'backup_label'), stopped.rows[0]?.labelfile ?? '', {});
    // The roles' passwords are in the data, as hashes.
    fs.copyFileSync(path.join(directory, 'server.json'), path.join(half, 'server.json'));
    await sync(path.join(half, 'data'));
    await sync(half);
    return await complete(client, backups, half);
  } finally {
    await client.end();
  }
}

/** The whole backups of a folder, oldest first. */
export function backupsIn(backups: string): Backup[] {
  return fs
    .readdirSync(backups)
    .sort()
    .flatMap((name) => {
      const [, ...numbers] = NAME.exec(name) ?? [];
      if (numbers.length === 0) return [];
      const [year = 0, month = 0, ...rest] = numbers.map(Number);
      return {
        path: path.join(backups, name),
        completedAt: new Date(Date.UTC(year, month - 1, ...(rest as [number, number, number, number]))),
      };
    });
}

async function complete(client: pg.Client, backups: string, half: string): Promise<Backup> {
  // Rounded up, so that no moment counts as later that is not.
  const now = await client.query<{ name: string }>(
    `SELECT to_char(date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 second',
      '"base-"YYYYMMDD"T"HH24MISS"Z"') AS name`,
  );
  const name = now.rows[0]?.name ?? '';
  fs.renameSync(half, path.join(backups, name));
  await sync(backups);
  const made = backupsIn(backups).find((backup) => path.basename(backup.path) === name);
  if (!made) throw new Error(`The backup ${name} is not there`);
  return made;
}

async function requireArchive(client: pg.Client, archive: string): Promise<void> {
  const { rows } = await client.query<{ archive: string; mode: string; tablespaces: number }>(
    `SELECT current_setting('archive_mode') AS mode, (SELECT count(*)::int FROM pg_tablespace) AS tablespaces,
      coalesce(current_setting('basic_archive.archive_directory', true), '') AS archive`,
  );
  if (rows[0]?.mode !== 'on' || rows[0].archive !== archive) {
    throw new EmbeddedPostgresError(
      `The platform runs without the archive ${archive}: set BACKUP_DIRECTORY for it, too, and start it again`,
    );
  }
  // Two are PostgreSQL's own; those of an operator are elsewhere.
  if (rows[0].tablespaces > 2)
    throw new EmbeddedPostgresError('A backup of the data folder does not hold tablespaces that were added');
}

/** Removes what was left by a backup that ended in the middle; a half one is no backup. */
function discardHalfMade(backups: string): void {
  for (const name of fs.readdirSync(backups)) {
    const pid = /^half-(\d+)$/.exec(name)?.[1];
    if (pid && !signal(Number(pid), 0)) fs.rmSync(path.join(backups, name), { recursive: true });
  }
}
