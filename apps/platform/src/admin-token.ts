import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AccountsModule, CreateAdminToken } from '@assent/accounts';
import {
  Configuration,
  createLogger,
  EmbeddedPostgres,
  KeyRing,
  OperatorConsole,
  PlatformModule,
} from '@assent/platform';
import { ROWS } from '../../api/src/create-server.js';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { DataFolder } from './data-folder.js';

await Lifetime.once(async () => {
  const configuration = Configuration.parse(process.env);
  const { settings } = configuration;
  const databaseUrl = settings.DATABASE_URL ?? EmbeddedPostgres.known(settings.DATA_DIRECTORY)?.appUrl;
  // A token is stored as a keyed hash: made with other keys than the platform's, it would open nothing.
  if (!databaseUrl || !(settings.ASSENT_KEYS ?? existsSync(join(settings.DATA_DIRECTORY, 'keys')))) {
    throw new StartError(
      `There is no platform in ${settings.DATA_DIRECTORY}: start one with \`npm start\`, or set DATABASE_URL and ASSENT_KEYS`,
    );
  }
  const log = createLogger(configuration, { write: () => undefined });
  const app = await NestFactory.createApplicationContext(
    {
      module: class Root {},
      imports: [
        PlatformModule.forRoot({
          configuration,
          keys: KeyRing.load(configuration),
          log,
          console: new OperatorConsole(undefined, () => undefined),
          databaseUrl,
          rows: ROWS,
          name: 'assent-admin-token',
        }),
        AccountsModule,
      ],
    },
    { logger: false, abortOnError: false },
  ).catch((error: unknown) => {
    if (settings.DATABASE_URL || (error as { code?: string }).code !== 'ECONNREFUSED') throw error;
    throw new StartError(
      `The platform in ${settings.DATA_DIRECTORY} is not running: start it with \`npm start\`, then try again`,
    );
  });
  const { token, expiresAt } = await app.get(CreateAdminToken).execute();
  await app.close();
  const said = [token, `valid until ${expiresAt.toISOString().slice(0, 10)}; tokens from before stay valid`];
  // For the demo, which looks there. In production a secret is shown once and kept by nobody but its owner.
  if (!configuration.production) {
    const folder = new DataFolder(settings.DATA_DIRECTORY);
    folder.keepAdminToken(token);
    said.push(`also kept in ${folder.adminToken}`);
  }
  process.stdout.write(`${said.join('\n')}\n`);
});
