import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';

/** What a reference set-up consists of, apart from us; on Debian and Ubuntu they are packages of these names. */
const NEEDED = {
  etcd: 'etcd-server',
  patroni: 'patroni python3-etcd python3-psycopg2',
  haproxy: 'haproxy',
  pgbouncer: 'pgbouncer',
};

export type Needed = keyof typeof NEEDED;

export interface HaPrograms {
  paths: Record<Needed, string>;
  /** The folder of PostgreSQL's programs. */
  postgres: string;
  /** Whether this PgBouncer keeps prepared statements in transaction mode (1.21 or newer). */
  prepares: boolean;
}

/** Finds all programs, or says which are missing and how to get them. PG_BIN names the folder of a PostgreSQL. */
export function findPrograms(): HaPrograms {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  const found = (program: string) =>
    folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
  const missing: string[] = [];
  const paths = Object.fromEntries(
    Object.entries(NEEDED).map(([program, packages]) => {
      const path = found(program);
      if (!path) missing.push(packages);
      return [program, path ?? ''];
    }),
  ) as Record<Needed, string>;
  // The one of our own npm package lacks what Patroni needs.
  const given = process.env['PG_BIN'];
  const postgres = (given ? [given] : globSync('/usr/lib/postgresql/*/bin').sort().reverse()).find((folder) =>
    ['postgres', 'pg_basebackup', 'pg_controldata', 'pg_rewind'].every((each) =>
      existsSync(join(folder, each)),
    ),
  );
  if (!postgres) missing.push('postgresql (15 or newer, or set PG_BIN)');
  if (missing.length > 0 || !postgres) {
    throw new Error(
      `Missing, and nothing of it ran: apt-get install --no-install-recommends ${missing.join(' ')}`,
    );
  }
  const version = execFileSync(paths.pgbouncer, ['--version'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
  return { paths, postgres, prepares: major > 1 || minor >= 21 };
}
