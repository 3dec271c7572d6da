import { AccountsModule, CreateAdminToken } from '@assent/accounts';
import { Lifetime } from '../../api/src/lifetime.js';
import { DataFolder } from './data-folder.js';
import { openBeside } from './operator-command.js';

await Lifetime.once(async () => {
  const { app, configuration } = await openBeside('assent-admin-token', AccountsModule);
  const { token, expiresAt } = await app.get(CreateAdminToken).execute({
    resetSecondFactor: process.argv.includes('--reset-second-factor'),
  });
  await app.close();
  const said = [token, `valid until ${expiresAt.toISOString().slice(0, 10)}; tokens from before stay valid`];
  // For the demo, which looks there. In production a secret is shown once and kept by nobody but its owner.
  if (!configuration.production) {
    const folder = new DataFolder(configuration.settings.DATA_DIRECTORY);
    folder.keepAdminToken(token);
    said.push(`also kept in ${folder.adminToken}`);
  }
  process.stdout.write(`${said.join('\n')}\n`);
});
