import { Configuration, takeBackup } from '@assent/platform';
import { Lifetime } from '../../api/src/lifetime.js';
import { requireBackups } from './require-backups.js';

await Lifetime.once(async () => {
  const { settings } = Configuration.parse(process.env);
  const { path, completedAt } = await takeBackup(settings.DATA_DIRECTORY, requireBackups(settings));
  process.stdout.write(
    `${path}\nleads to any moment after ${completedAt.toISOString()}, with the archive beside it\n` +
      'Not in it: the keys and the files of media. Keep copies of them elsewhere, the keys apart from backups\n',
  );
});
