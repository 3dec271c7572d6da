import * as fs from 'node:fs';
import * as path from 'node:path';
import { archiveIn } from './archive.ts';
import { type Backup, backupsIn } from './backup.ts';
import { copyTree } from './copy-tree.ts';
import { putInPlace } from './data-folder.ts';
import { EmbeddedPostgresError, explained } from './embedded-postgres-error.ts';
import { takeLock } from './lock.ts';
import { accountFor, type Account } from './programs.ts';
import { writePrivately } from './remembered.ts';

/** Where from, where to, and up to when. */
export interface RestoreOptions {
  /** Folder of the embedded server, which must have no data. */
  directory: string;
  backups: string;
  /** What was committed up to then, and nothing later; without it everything that there is. */
  until?: Date;
  /** The folder `pg_wal` of a server whose disk is left: it holds what was not archived yet. */
  wal?: string;
}

/** A segment of the log of writes, or the history of a time line. */
const SEGMENT = /^(?:[0-9A-F]{24}|[0-9A-F]{8}\.history)$/;
const OF_A_RESTORE = /^(?:restore_command|recovery_target\w*)\s*=/;

/**
 * Puts a backup in the place of an embedded server's data. The server goes through the archive at its next start, and
 * only takes connections when it is through. @throws EmbeddedPostgresError
 */
export async function restoreBackup(options: RestoreOptions): Promise<Backup> {
  const { directory, backups, until, wal } = options;
  const backup = chosen(backups, until);
  fs.mkdirSync(directory, { recursive: true, mode: 0o755 });
  const lock = takeLock(directory);
  try {
    const entry = path.join(directory, 'data');
    if (fs.lstatSync(entry, { throwIfNoEntry: false }))
      throw new EmbeddedPostgresError(`${entry} is there: move it away first, a restore replaces nothing`);
    const account = accountFor(archiveIn(backups));
    await putInPlace(directory, account, async (data) => {
      await copyTree(path.join(backup.path, 'data'), data, { account });
      if (wal)
        await copyTree(wal, path.join(data, 'pg_wal'), { account, leaveOut: (name) => !SEGMENT.test(name) });
      prepare(data, archiveIn(backups), account, until);
    });
    const remembered = fs.readFileSync(path.join(backup.path, 'server.json'), 'utf8');
    writePrivately(path.join(directory, 'server.json'), remembered, fs.statSync(directory));
    return backup;
  } catch (error) {
    throw explained(error, directory);
  } finally {
    fs.closeSync(lock);
  }
}

function chosen(backups: string, until: Date | undefined): Backup {
  const all = fs.existsSync(backups) ? backupsIn(backups) : [];
  const backup = all.findLast(({ completedAt }) => !until || completedAt <= until);
  if (backup) return backup;
  throw new EmbeddedPostgresError(
    all[0]
      ? `The oldest backup in ${backups} was complete at ${all[0].completedAt.toISOString()}: it leads to no moment before`
      : `There is no backup in ${backups}`,
  );
}

/** Tells the server to go through the archive. Settings of an earlier restore, which the backup may hold, are taken out. */
function prepare(data: string, archive: string, account: Account, until: Date | undefined): void {
  const file = path.join(data, 'postgresql.auto.conf');
  const kept = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !OF_A_RESTORE.test(line));
  const command = `cp ${quoted(archive).replaceAll('%', '%%')}/%f "%p"`;
  const settings = [`restore_command = '${command.replaceAll("'", "''")}'`];
  if (until) {
    // In the one way of writing a time that this setting takes.
    const time = until.toISOString().replace('T', ' ').replace('Z', '+00');
    settings.push(`recovery_target_time = '${time}'`, `recovery_target_action = 'promote'`);
  }
  writePrivately(file, `${[...kept, ...settings].join('\n')}\n`, account);
  writePrivately(path.join(data, 'recovery.signal'), '', account);
}

/** A word of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
