import { parseArgs } from 'node:util';
import { Configuration, restoreBackup } from '@assent/platform';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { requireBackups } from './require-backups.js';

const USAGE = 'Usage: npm run restore -- [--until 2026-11-28T20:00:00Z] [--wal FOLDER]';

await Lifetime.once(async () => {
  const { settings } = Configuration.parse(process.env);
  const { until, wal } = given();
  const { path } = await restoreBackup({
    directory: settings.DATA_DIRECTORY,
    backups: requireBackups(settings),
    until,
    wal,
  });
  process.stdout.write(
    `Restored from ${path}. Bring the keys and the files of media back to ${settings.DATA_DIRECTORY}, then start the ` +
      `platform: it goes through the archive ${until ? `up to ${until.toISOString()}` : 'to its end'}\n`,
  );
});

function given(): { until?: Date; wal?: string } {
  const { until, wal } = read();
  const moment = until === undefined ? undefined : new Date(until);
  // Without a zone it would be a moment of wherever this runs.
  if (moment && (Number.isNaN(moment.getTime()) || !/(?:Z|[+-]\d\d:\d\d)$/.test(until ?? '')))
    throw new StartError(`--until is a moment with its zone. ${USAGE}`);
  return { until: moment, wal };
}

function read(): { until?: string; wal?: string } {
  try {
    return parseArgs({ options: { until: { type: 'string' }, wal: { type: 'string' } } }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}. ${USAGE}`);
  }
}
