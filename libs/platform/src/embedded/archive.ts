import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { Account } from './programs.ts';

/** After so many seconds a segment is archived although it is not full: what is lost at most with the server's disk. */
const ARCHIVED_AFTER_SECONDS = 60;

/** Where a folder of backups keeps the archive of what the server wrote. */
export const archiveIn = (backups: string) => path.join(backups, 'wal');

/**
 * Settings with which the server copies each segment of its log of writes into the archive, synced and under its name
 * only when it is whole (basic_archive), and keeps it until that is done.
 */
export function archiving(backups: string, account: Account): Record<string, string> {
  const archive = archiveIn(backups);
  fs.mkdirSync(archive, { recursive: true, mode: 0o755 });
  if (account.uid !== undefined && account.gid !== undefined) fs.chownSync(archive, account.uid, account.gid);
  fs.chmodSync(archive, 0o700);
  // A server that can not archive keeps everything until its disk is full, so it is found out now.
  if (spawnSync('test', ['-w', archive], { ...account, cwd: '/' }).status !== 0) {
    throw new EmbeddedPostgresError(
      `PostgreSQL can not write to ${archive}: let its user pass through ${backups}, or set BACKUP_DIRECTORY to another folder`,
    );
  }
  return {
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': archive,
    archive_timeout: `${ARCHIVED_AFTER_SECONDS}s`,
  };
}
