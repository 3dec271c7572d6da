import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Configuration,
  createLogger,
  EmbeddedPostgres,
  KeyRing,
  OperatorConsole,
  PlatformModule,
} from '@assent/platform';
import { ROWS } from '../../api/src/create-server.js';
import { StartError } from '../../api/src/lifetime.js';

/**
 * Opens a library beside the platform that runs, on its database and with its keys, for a command of the operator.
 * @throws StartError where there is no platform, or it does not run
 */
export async function openBeside(
  name: string,
  library: Type,
): Promise<{ app: INestApplicationContext; configuration: Configuration }> {
  const configuration = Configuration.parse(process.env);
  const { settings } = configuration;
  const databaseUrl = settings.DATABASE_URL ?? EmbeddedPostgres.known(settings.DATA_DIRECTORY)?.appUrl;
  // What is stored was made with the platform's keys: with others, a token would open nothing and a signature be no one's.
  if (!databaseUrl || !(settings.ASSENT_KEYS ?? existsSync(join(settings.DATA_DIRECTORY, 'keys')))) {
    throw new StartError(
      `There is no platform in ${settings.DATA_DIRECTORY}: start one with \`npm start\`, or set DATABASE_URL and ASSENT_KEYS`,
    );
  }
  const platform = PlatformModule.forRoot({
    configuration,
    keys: KeyRing.load(configuration),
    log: createLogger(configuration, { write: () => undefined }),
    console: new OperatorConsole(undefined, () => undefined),
    databaseUrl,
    rows: ROWS,
    name,
  });
  const app = await NestFactory.createApplicationContext(
    { module: class Root {}, imports: [platform, library] },
    { logger: false, abortOnError: false },
  ).catch((error: unknown) => {
    if (settings.DATABASE_URL || (error as { code?: string }).code !== 'ECONNREFUSED') throw error;
    throw new StartError(
      `The platform in ${settings.DATA_DIRECTORY} is not running: start it with \`npm start\`, then try again`,
    );
  });
  return { app, configuration };
}
