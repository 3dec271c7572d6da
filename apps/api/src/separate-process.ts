import { environment } from './environment.js';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Configuration,
  ConfigurationError,
  createLogger,
  Database,
  KeyRing,
  OperatorConsole,
} from '@assent/platform';
import type { Logger } from 'pino';
import { createServer, drain } from './create-server.js';
import { explain, type Lifetime } from './lifetime.js';
import { serveMetrics } from './metrics-server.js';
import { requireSchema } from './require-schema.js';

/** A process of one part of the platform, ready to listen. */
export interface SeparateProcess {
  app: NestFastifyApplication;
  configuration: Configuration;
  log: Logger;
}

/**
 * Opens some modules as a process of their own on the database of DATABASE_URL, which somebody else migrated. Logs go to
 * standard output as lines of JSON; what is for the operator's eyes goes to standard error.
 */
export async function openSeparately(
  lifetime: Lifetime,
  name: string,
  modules: Type[],
): Promise<SeparateProcess> {
  const configuration = Configuration.parse(environment);
  const { DATABASE_URL: databaseUrl, DATA_DIRECTORY } = configuration.settings;
  if (!databaseUrl) {
    throw new ConfigurationError([
      'DATABASE_URL is missing, and a separate process needs it: it is the URL of a PostgreSQL 15 or newer, ' +
        'for example DATABASE_URL=postgresql://assent:secret@db.example.com/assent',
    ]);
  }
  const log = createLogger(configuration);
  lifetime.report = (error) => {
    process.stderr.write(`${explain(error)}\n`);
    log.fatal({ err: error }, 'The process failed');
  };
  lifetime.told = () => log.info('The process stops');
  // A file with codes helps on a developer's machine; in production nobody reads it, and codes would pile up.
  const codes = configuration.production ? undefined : join(DATA_DIRECTORY, 'console.jsonl');
  const console = new OperatorConsole(codes, (line) => process.stderr.write(`${line}\n`));
  const keys = KeyRing.load(configuration);
  const app = await lifetime.open(
    createServer({ configuration, keys, log, console, databaseUrl, name }, modules),
    drain,
  );
  await requireSchema(app.get(Database, { strict: false }));
  const metrics = await lifetime.open(serveMetrics(app, configuration), async (server) => server?.close());
  if (metrics) log.info({ metrics: metrics.url }, 'Metrics are served');
  return { app, configuration, log };
}
