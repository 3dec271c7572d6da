import { totalmem } from 'node:os';
import * as path from 'node:path';
import type { Account } from './programs.ts';
import { writePrivately } from './remembered.ts';

/** Rewritten at each start, so that a release brings its settings along; `ALTER SYSTEM` still outranks them. */
const DEFAULTS: Record<string, string> = {
  cluster_name: 'assent',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Pages that are written whole after a checkpoint, compressed, take half of the log and three times the processor of all else (ADR 55).
  wal_compression: 'off',
  checkpoint_timeout: '15min',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  track_commit_timestamp: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: '%m [%p] ',
  // No personal data in the log: no statements (but the text of one that makes the server panic, without its
  // parameters), and no messages and details of errors, which quote values ("invalid input syntax … '+4917…'"). The
  // client that caused an error is told all of it.
  log_statement: 'none',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
};

/** Least and most of the memory that the server keeps pages in: beyond 8 GB the system's own cache does as well. */
const BUFFERS_MB = { least: 128, most: 8_192 };

/**
 * What the server may have of a memory, in bytes: a quarter of it for pages, as PostgreSQL's manual says where to begin
 * (https://www.postgresql.org/docs/current/runtime-config-resource.html), and half of it is expected to be there for the system's cache.
 */
export function memorySettings(bytes: number): { shared_buffers: string; effective_cache_size: string } {
  const quarter = Math.floor(bytes / 4 / 2 ** 20);
  const buffers = Math.min(Math.max(quarter, BUFFERS_MB.least), BUFFERS_MB.most);
  return { shared_buffers: `${buffers}MB`, effective_cache_size: `${Math.max(2 * quarter, buffers)}MB` };
}

/** The machine's memory, or that of the container where it has less. */
const memory = () => Math.min(totalmem(), process.constrainedMemory() || Infinity);

/** Writes the server's configuration; the given settings outrank the defaults. */
export function configure(data: string, account: Account, settings: Record<string, string>): void {
  const lines = Object.entries({ ...DEFAULTS, ...memorySettings(memory()), ...settings }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`,
  );
  const intro = '# Written by Assent at each start: keep settings of your own with ALTER SYSTEM.\n';
  writePrivately(path.join(data, 'postgresql.conf'), intro + lines.join(''), account);
  writePrivately(path.join(data, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n', account);
}
