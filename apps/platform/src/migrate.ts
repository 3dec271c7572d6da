import { Configuration, ConfigurationError, migrate } from '@assent/platform';
import { MIGRATIONS } from '../../../migrations/index.js';
import { Lifetime } from '../../api/src/lifetime.js';

await Lifetime.once(async () => {
  const { settings } = Configuration.parse(process.env);
  const url = settings.MIGRATION_DATABASE_URL ?? settings.DATABASE_DIRECT_URL ?? settings.DATABASE_URL;
  if (!url) {
    throw new ConfigurationError([
      'DATABASE_URL (or MIGRATION_DATABASE_URL) is missing: it is the URL of the database to migrate, for example ' +
        'DATABASE_URL=postgresql://assent:secret@db.example.com/assent npm run migrate ' +
        '(the database that `npm start` brings along is migrated at each start)',
    ]);
  }
  const ran = await migrate(url, MIGRATIONS);
  const said =
    ran.length > 0
      ? [`Ran ${ran.length} of ${MIGRATIONS.length} migrations:`, ...ran]
      : [`All ${MIGRATIONS.length} migrations had run before.`];
  process.stdout.write(`${said.join('\n  ')}\n`);
});
