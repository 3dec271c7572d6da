import { environment } from '../../api/src/environment.js';
import { relative } from 'node:path';
import { CreateFirstAdmin } from '@assent/accounts';
import {
  Configuration,
  Database,
  EmbeddedPostgres,
  KeyRing,
  migrate,
  OperatorConsole,
} from '@assent/platform';
import { MIGRATIONS } from '../../../migrations/index.js';
import { listen, requireAddress } from '../../api/src/address.js';
import { ApiModule } from '../../api/src/api.module.js';
import { createServer, drain } from '../../api/src/create-server.js';
import { explain, Lifetime } from '../../api/src/lifetime.js';
import { serveMetrics } from '../../api/src/metrics-server.js';
import { WorkerModule } from '../../worker/src/worker.module.js';
import { banner } from './banner.js';
import { DataFolder } from './data-folder.js';
import { createPlatformLog } from './platform-log.js';
import { Terminal } from './terminal.js';

await Lifetime.run(async (lifetime) => {
  const terminal = new Terminal();
  const configuration = Configuration.parse(environment);
  const { settings } = configuration;
  const folder = new DataFolder(settings.DATA_DIRECTORY);
  const logFile = folder.prepareLog();
  const log = createPlatformLog(configuration, logFile, terminal);
  terminal.line('Assent starts.\n');
  lifetime.report = (error) => {
    terminal.failure(explain(error));
    log.fatal({ err: error }, 'The platform failed');
  };
  lifetime.told = () =>
    terminal.line('\nStopping: requests under way are finished first. Ctrl-C again ends at once.');
  lifetime.closed = () => terminal.line('Stopped.');

  let started = false;
  const server = settings.DATABASE_URL
    ? undefined
    : await terminal.step(
        'PostgreSQL',
        () =>
          lifetime.open(
            EmbeddedPostgres.start({
              directory: folder.path,
              backups: settings.BACKUP_DIRECTORY,
              log: (line) => {
                log[started ? 'warn' : 'info'](line);
                if (!started) terminal.note(line);
              },
            }),
            (postgres) => postgres.stop(),
          ),
        ({ port }) => `embedded, on 127.0.0.1:${port}`,
      );
  const databaseUrl = server?.appUrl ?? settings.DATABASE_URL ?? '';
  await requireAddress(configuration);
  await terminal.step(
    'Migrations',
    () => migrate(server?.ownerUrl ?? settings.MIGRATION_DATABASE_URL ?? databaseUrl, MIGRATIONS),
    (ran) => (ran.length > 0 ? `${ran.length} ran` : 'none to run'),
  );

  folder.forgetCodes();
  const app = await terminal.step(
    'Platform',
    async () => {
      const created = await lifetime.open(
        createServer(
          {
            configuration,
            keys: KeyRing.load(configuration),
            log,
            console: new OperatorConsole(folder.console, (line) => terminal.line(`  ${line}`)),
            databaseUrl,
            name: 'assent-platform',
          },
          [ApiModule, WorkerModule],
        ),
        drain,
      );
      const database = created.get(Database, { strict: false });
      await database.rows({ role: 'engine' }, { text: 'SELECT assent_ensure_partitions()' });
      return created;
    },
    () => 'API and worker',
  );

  const metrics = await lifetime.open(serveMetrics(app, configuration), async (opened) => opened?.close());
  if (metrics) log.info({ metrics: metrics.url }, 'Metrics are served');

  // Before anyone can see that the platform is ready, so that who waits for that finds the token.
  const admin = await app.get(CreateFirstAdmin, { strict: false }).execute();
  if (admin) folder.keepAdminToken(admin.token);
  const url = await listen(app, configuration);
  started = true;
  log.info({ url }, 'The platform runs');
  const place = (path: string) => (relative('', path).startsWith('..') ? path : relative('', path) || '.');
  const lines = banner({
    url,
    data: place(folder.path),
    log: place(logFile),
    database: server ? 'embedded PostgreSQL 18' : 'the one of DATABASE_URL',
    adminToken: admin?.token,
    adminTokenFile: folder.hasAdminToken() ? place(folder.adminToken) : undefined,
    demo: demoCommand(url),
  });
  for (const line of lines) terminal.line(line);
});

/** The demo looks where a platform is by default, so it must be told of one that is elsewhere. */
function demoCommand(url: string): string {
  const { port } = new URL(url);
  const folder = environment['DATA_DIRECTORY'];
  return [
    ...(port === '4000' ? [] : [`PORT=${port}`]),
    ...(folder ? [`DATA_DIRECTORY=${folder}`] : []),
    'npm run demo',
  ].join(' ');
}
