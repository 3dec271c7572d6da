import * as path from 'node:path';

/** Says in one line why the embedded server cannot run and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

/** Turns whatever stopped a start into one line for the operator. */
export function explained(error: unknown, directory: string): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error;
  const text = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  const advice = /ENOSPC|No space left/.test(text)
    ? 'the disk is full: free some space and start again'
    : /EACCES|EPERM|EROFS|mkdir|Permission denied/.test(text)
      ? "let the user that starts the platform write there, or start it as that folder's owner"
      : /password authentication/.test(text)
        ? `${path.join(directory, 'server.json')} does not belong to this data: remove it, and new passwords are set`
        : `see ${path.join(directory, 'server.log')}`;
  return new EmbeddedPostgresError(`PostgreSQL in ${directory} does not start (${text}): ${advice}`);
}
