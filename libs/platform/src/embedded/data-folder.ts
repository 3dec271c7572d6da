import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { elsewhere, program, type Account, type Programs } from './programs.ts';
import { ROLES, type Passwords } from './remembered.ts';

/** The real path of the data folder, if there is one that this release can use. */
export function existingData(directory: string, { major }: Programs): string | undefined {
  const entry = path.join(directory, 'data');
  const link = fs.lstatSync(entry, { throwIfNoEntry: false });
  if (!link) return undefined;
  if (!fs.existsSync(entry))
    throw new EmbeddedPostgresError(
      `${entry} points to ${fs.readlinkSync(entry)}, which is gone: bring that folder back, or remove ${entry} to begin with an empty database`,
    );
  const data = fs.realpathSync(entry);
  const made =
    fs.existsSync(path.join(data, 'PG_VERSION')) &&
    fs.readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (made === major) return data;
  throw new EmbeddedPostgresError(
    made
      ? `${data} was made by PostgreSQL ${made}, this release brings ${major}: dump it with the release that made it, move it away, start, and restore the dump`
      : `${data} is not a PostgreSQL data folder: move it away and start again`,
  );
}

/** Makes the data folder with its roles and database. */
export async function createData(
  directory: string,
  programs: Programs,
  account: Account,
  passwords: Passwords,
): Promise<string> {
  return putInPlace(directory, account, async (data) => {
    await program(programs.initdb, account, [
      ...['-D', data, '-U', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C'],
      ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--data-checksums'],
    ]);
    await sql(programs, account, data, [
      ...passwordStatements('CREATE', passwords),
      'ALTER ROLE assent_owner CREATEROLE CREATEDB',
      'ALTER ROLE assent_app NOINHERIT',
      'GRANT assent_app TO assent_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE',
      'CREATE DATABASE assent OWNER assent_owner',
    ]);
  });
}

/** Has a data folder filled under a temporary name, and puts it in place: it is there whole, or not at all. */
export async function putInPlace(
  directory: string,
  account: Account,
  fill: (data: string) => Promise<void>,
): Promise<string> {
  discardHalfMade(directory);
  const id = randomBytes(8).toString('hex');
  const entry = path.join(directory, `data.new-${id}`);
  let data = entry;
  if (!canEnter(directory, account)) {
    data = elsewhere(id);
    fs.symlinkSync(data, entry);
  }
  fs.mkdirSync(data, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) fs.chownSync(data, account.uid, account.gid);
  try {
    await fill(data);
  } catch (error) {
    discardHalfMade(directory);
    throw error;
  }
  fs.renameSync(entry, path.join(directory, 'data'));
  const parent = fs.openSync(directory, 'r');
  fs.fsyncSync(parent);
  fs.closeSync(parent);
  return fs.realpathSync(path.join(directory, 'data'));
}

/** Removes what a start left behind that ended in the middle, wherever it lies. */
function discardHalfMade(directory: string): void {
  for (const half of fs.readdirSync(directory).filter((name) => name.startsWith('data.new-'))) {
    const left = path.join(directory, half);
    if (fs.existsSync(left)) fs.rmSync(fs.realpathSync(left), { recursive: true, maxRetries: 5 });
    fs.rmSync(left, { force: true });
  }
}

/** Gives the roles new passwords, for when `server.json` was lost; the server must not run. */
export async function resetPasswords(
  programs: Programs,
  account: Account,
  data: string,
  passwords: Passwords,
) {
  await sql(programs, account, data, passwordStatements('ALTER', passwords));
}

function passwordStatements(verb: 'CREATE' | 'ALTER', passwords: Passwords): string[] {
  return ROLES.map(
    (role) => `${role === 'postgres' ? 'ALTER' : verb} ROLE ${role} LOGIN PASSWORD '${passwords[role]}'`,
  );
}

/** Runs statements in single-user mode: nobody can connect meanwhile, and nothing secret is in a command line. */
async function sql(
  { postgres }: Programs,
  account: Account,
  data: string,
  statements: string[],
): Promise<void> {
  const strict = ['log_min_messages=fatal', 'log_min_error_statement=panic', 'exit_on_error=on'];
  const args = ['--single', '-D', data, ...strict.flatMap((setting) => ['-c', setting]), 'postgres'];
  await program(postgres, account, args, `${statements.join('\n')}\n`);
}

function canEnter(directory: string, account: Account): boolean {
  return (
    account.uid === undefined || spawnSync('test', ['-x', directory], { ...account, cwd: '/' }).status === 0
  );
}
