import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  rmSync,
  writeFileSync,
  appendFileSync,
  chmodSync,
  chownSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '@assent/platform';
import { until } from '../support/until.js';

const NOT_COPIED = ['postmaster.pid', 'postmaster.opts', 'standby.signal'];

/** A primary that a standby is made of: its server, and the folder of that. */
export interface Primary {
  server: EmbeddedPostgres;
  directory: string;
}

/**
 * Makes a copy of a running server that follows it and that each of its commits waits for: what was answered is on both.
 * @param directory for the copy
 */
export async function synchronousStandby(
  { server: primary, directory: origin }: Primary,
  directory: string,
  log: (line: string) => void,
): Promise<EmbeddedPostgres> {
  const client = new pg.Client({ connectionString: primary.superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const hba = join(origin, 'data/pg_hba.conf');
    appendFileSync(hba, 'host replication postgres 127.0.0.1/32 scram-sha-256\n');
    await client.query('SELECT pg_reload_conf()');
    await client.query(`SELECT pg_backup_start('standby', fast => true)`);
    mkdirSync(directory, { mode: 0o755 });
    execFileSync('cp', ['-a', join(origin, 'data'), join(directory, 'data')]);
    copyFileSync(join(origin, 'server.json'), join(directory, 'server.json'));
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    const owner = statSync(join(directory, 'data'));
    for (const name of NOT_COPIED) rmSync(join(directory, 'data', name), { force: true });
    for (const [name, text] of [
      ['backup_label', rows[0]?.labelfile ?? ''],
      ['standby.signal', ''],
    ] as const) {
      const file = join(directory, 'data', name);
      writeFileSync(file, text);
      chmodSync(file, 0o600);
      if (process.getuid?.() === 0) chownSync(file, owner.uid, owner.gid);
    }
    const { username, password, hostname, port } = new URL(primary.superuserUrl);
    const standby = await EmbeddedPostgres.start({
      directory,
      settings: {
        primary_conninfo: `host=${hostname} port=${port} user=${username} password=${password}`,
      },
      log,
    });
    await client.query(`ALTER SYSTEM SET synchronous_standby_names = '*'`);
    await client.query('SELECT pg_reload_conf()');
    await until(
      'commits wait for the standby',
      async () => {
        const { rowCount } = await client.query(
          `SELECT FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'`,
        );
        return rowCount === 1;
      },
      60_000,
    );
    return standby;
  } finally {
    await client.end();
  }
}

/** Makes a standby the primary, and resolves when it is. */
export async function promote(standby: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: standby.superuserUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_promote(true, 60)');
  } finally {
    await client.end();
  }
}
