import { parseArgs } from 'node:util';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { keyStatus } from './key-status.js';
import { openKeys } from './open-keys.js';

const USAGE = 'Usage: npm run keys:retire -- VERSION [--break-links]';

await Lifetime.once(async () => {
  const { version, breakLinks } = given();
  await using opened = await openKeys('assent-keys-retire');
  const { keys, versions, numbers } = opened;
  if (version === 1)
    throw new StartError('Version 1 is kept for good: handles, hashes of secrets and marks are made with it');
  const status = (await keyStatus(keys, versions, numbers)).find((each) => each.version === version);
  if (!status)
    throw new StartError(
      `Version ${version} is the newest or not among the keys of this process: begin with it there`,
    );
  if (status.left.size > 0) {
    const places = [...status.left].map(([place, count]) => `\n  ${place}: ${count}`).join('');
    throw new StartError(
      `Version ${version} is in use still; \`npm run keys:rotate\` seals anew what can be:${places}`,
    );
  }
  const { linksUntil } = status;
  if (!breakLinks && (!linksUntil || linksUntil > (await versions.now()))) {
    throw new StartError(
      `Links that stop something and were made with version ${version} work until ${linksUntil?.toISOString() ?? 'later'}: wait, or end them with --break-links`,
    );
  }
  await versions.retire(version);
  process.stdout.write(`Version ${version} is in use no more: take it out of ASSENT_KEYS of every process\n`);
});

function given(): { version: number; breakLinks: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { 'break-links': { type: 'boolean', default: false } },
    });
    const [version = ''] = positionals;
    if (!/^\d{1,3}$/.test(version) || positionals.length > 1) throw new Error('One version is to be named');
    return { version: Number(version), breakLinks: values['break-links'] };
  } catch (error) {
    throw new StartError(`${(error as Error).message}. ${USAGE}`);
  }
}
