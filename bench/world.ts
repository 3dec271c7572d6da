/** What benches run in: a seeded database on an embedded PostgreSQL, and an API process on it. */
import type pg from 'pg';
import type { Population } from './population.ts';
import { type Environment, PlatformProcess } from './processes.ts';
import { seed, type Seeds } from './seed.ts';
import { type BenchDatabase, Server } from './server.ts';

/** A running platform with people on it. */
export interface World extends Seeds {
  /** The API's endpoint for businesses. */
  url: string;
  /** The first business's. */
  apiKey: string;
  contacts: string[];
  api: PlatformProcess;
  /** Environment of the platform's processes; without a PORT. */
  environment: Environment;
  owner: pg.Pool;
  close(): Promise<void>;
}

/** Seeds a database of its own on a server, and starts an API on it. */
export async function openWorld(server: Server, population: Population): Promise<World> {
  const database = await server.database();
  const seeds = await seed(database.owner, server.ring, population);
  const environment = environmentOf(server, database);
  const api = await PlatformProcess.start('api', environment);
  const [first] = seeds.businesses;
  if (!first) throw new Error('A world needs a business');
  return {
    ...seeds,
    url: businessUrl(api),
    apiKey: first.apiKey,
    contacts: first.contacts,
    api,
    environment,
    owner: database.owner,
    close: () => api.stop(),
  };
}

/** The same on a server of its own, for a bench that needs nothing else. */
export async function createWorld(people: number): Promise<World> {
  const server = await Server.start();
  try {
    const world = await openWorld(server, { people });
    return {
      ...world,
      close: async () => {
        await world.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export const businessUrl = (api: PlatformProcess): string => `${api.url}/business/graphql`;
export const personUrl = (api: PlatformProcess): string => `${api.url}/person/graphql`;

function environmentOf(server: Server, database: BenchDatabase): Environment {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    ADMIN_SECOND_FACTOR: 'off',
    DATABASE_URL: database.appUrl,
    ASSENT_KEYS: server.ring,
    LOG_LEVEL: 'error',
    PUBLIC_URL: 'http://127.0.0.1',
    // Beyond any machine: they are counted, and never in the way.
    REQUEST_UNITS_KEY: '1000000000',
    REQUEST_UNITS_PERSON: '1000000',
    THROUGHPUT_PER_SECOND: '1000000,1000000,1000000,1000000,1000000',
    TEMPLATE_SAMPLE: '1000000',
    MATCH_DAILY: '1000,20000,100000,1000000,1000000000',
    MATCH_MONTHLY: '2500,100000,500000,5000000,1000000000',
  };
}
