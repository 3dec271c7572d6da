import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

export const NAMES = ['a', 'b', 'c'] as const;
export type Name = (typeof NAMES)[number];

/** A PostgreSQL under Patroni. */
export interface Node {
  port: number;
  restPort: number;
  data: string;
}

/** What Patroni says of one. */
export interface Member {
  name: Name;
  role: 'leader' | 'sync_standby' | 'replica';
  state: string;
}

const LOOK_MS = 300;

/** All members, as whichever Patroni answers first has them, which are not to be kept busy by that. */
export async function membersOf(nodes: Record<Name, Node>): Promise<Member[]> {
  await wait(LOOK_MS);
  const asked = NAMES.map(async (name) => {
    const response = await fetch(`http://127.0.0.1:${nodes[name].restPort}/cluster`, {
      signal: AbortSignal.timeout(3_000),
    });
    return ((await response.json()) as { members: Member[] }).members;
  });
  return Promise.any(asked).catch(() => []);
}

/** What is of one machine in the reference, and what is secret. */
export function environmentOf(
  name: Name,
  { port, restPort, data }: Node,
  secret: string,
): Record<string, string> {
  return {
    PATRONI_NAME: name,
    PATRONI_RESTAPI_LISTEN: `127.0.0.1:${restPort}`,
    PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${restPort}`,
    PATRONI_POSTGRESQL_LISTEN: `127.0.0.1:${port}`,
    PATRONI_POSTGRESQL_CONNECT_ADDRESS: `127.0.0.1:${port}`,
    PATRONI_POSTGRESQL_DATA_DIR: data,
    PATRONI_POSTGRESQL_PGPASS: join(data, '../pgpass'),
    PATRONI_SUPERUSER_USERNAME: 'postgres',
    PATRONI_SUPERUSER_PASSWORD: secret,
    PATRONI_REPLICATION_USERNAME: 'replicator',
    PATRONI_REPLICATION_PASSWORD: secret,
  };
}

/** Whether a URL leads to a server that takes writes. */
export async function isPrimary(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ follows: boolean }>('SELECT pg_is_in_recovery() AS follows');
    return rows[0]?.follows === false;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
