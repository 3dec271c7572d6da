import { Lifetime } from '../../api/src/lifetime.js';
import { keyStatus, statusText } from './key-status.js';
import { openKeys } from './open-keys.js';

await Lifetime.once(async () => {
  await using opened = await openKeys('assent-keys-status');
  const { keys, versions, numbers } = opened;
  process.stdout.write(statusText(keys.current, await keyStatus(keys, versions, numbers)));
});
