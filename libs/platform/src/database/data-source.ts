import pg from 'pg';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import { RoundTripClient } from './round-trips.js';

/** A TypeORM entity or migration class. */
type Entity = new () => object;
type Migration = new () => MigrationInterface;

/** Serial numbers of events and inboxes stay far below 2^53, so they are numbers, not strings. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** So long a connection waits for its next use, in ms: a new one has to prove who it is, and plans each of its statements anew. */
const KEPT_IDLE_MS = 600_000;
/** What lies between forgets a connection that says nothing for minutes; and who vanished there is noticed (ms). */
const PROBED_AFTER_MS = 10_000;

/** The part of a process's connections that is for those of whom it is not known yet who they are. */
const GATE_SHARE = 1 / 4;

/**
 * The connections of one process: the role `gate`, as which each request asks first, has its own. So the others, and the backends
 * behind them, go on with what they did before (ADR 65).
 */
export type Pools = Record<'gate' | 'other', DataSource>;

/** @param size connections of both together, 2 at least; they are made when they are needed */
export async function openPools(
  url: string,
  { size, ...options }: { entities: Entity[]; name: string; size: number },
): Promise<Pools> {
  const atGate = Math.ceil(size * GATE_SHARE);
  const open = (poolSize: number) => createDataSource(url, { ...options, poolSize }).initialize();
  const [gate, other] = await Promise.all([open(atGate), open(size - atGate)]);
  return { gate, other };
}

/** Connections of one kind. Statements of one transaction are pipelined: sent without waiting for answers. */
export function createDataSource(
  url: string,
  options: {
    entities?: (Entity | EntitySchema)[];
    migrations?: Migration[];
    poolSize?: number;
    name: string;
  },
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: options.name,
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTableName: 'migration',
    synchronize: false,
    logging: false,
    extra: {
      max: options.poolSize ?? 4,
      Client: RoundTripClient,
      pipeline: true,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: KEPT_IDLE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: PROBED_AFTER_MS,
      onConnect: surviveErrors,
    },
  });
}

/**
 * A server that dies may end a connection in the very packet that says that it is ready. Between the pool, which has let go of
 * it, and TypeORM, which has not got it yet, nobody listens then, and the process would end. The error comes out of the next
 * statement, and the pool keeps no connection that had one.
 */
function surviveErrors(client: pg.PoolClient): void {
  client.on('error', () => undefined);
}
