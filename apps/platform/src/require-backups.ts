import type { Configuration } from '@assent/platform';
import { StartError } from '../../api/src/lifetime.js';

/** The folder of backups. @throws StartError where there is none, or the database is not the embedded one */
export function requireBackups({
  DATABASE_URL,
  BACKUP_DIRECTORY,
}: Pick<Configuration['settings'], 'DATABASE_URL' | 'BACKUP_DIRECTORY'>): string {
  if (DATABASE_URL) {
    throw new StartError(
      'This is for the embedded PostgreSQL only: of the one of DATABASE_URL take backups with its own tools (docs/backup.md)',
    );
  }
  if (!BACKUP_DIRECTORY)
    throw new StartError(
      'BACKUP_DIRECTORY is missing: it is the folder with backups, for example /backups/assent',
    );
  return BACKUP_DIRECTORY;
}
