import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/**
 * Locks the folder for as long as the returned descriptor is open. A flock(2) belongs to the open file that we share
 * with the helper, so it outlives the helper, ends with our process however that dies, and knows no reused pids.
 */
export function takeLock(directory: string): number {
  const file = path.join(directory, 'lock');
  const lock = fs.openSync(file, 'a', 0o644);
  const perl = 'use Fcntl ":flock"; open(my $f, ">>&=3") or exit 2; exit(flock($f, LOCK_EX|LOCK_NB) ? 0 : 1)';
  let status: number | null = null;
  for (const [command, args] of [
    ['flock', ['-n', '3']],
    ['perl', ['-e', perl]],
  ] as const) {
    status = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore', lock] }).status;
    if (status !== null) break;
  }
  if (status === 0) {
    fs.ftruncateSync(lock);
    fs.writeSync(lock, `${process.pid}\n`);
    return lock;
  }
  fs.closeSync(lock);
  throw new EmbeddedPostgresError(
    status === 1
      ? `the platform already runs on ${directory} (pid ${fs.readFileSync(file, 'utf8').trim()}): use that one or stop it first`
      : 'cannot lock a folder here, as there is neither `flock` (util-linux) nor `perl`: install one of them',
  );
}
