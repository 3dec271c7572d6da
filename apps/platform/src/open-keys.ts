import { PhoneKeysModule, RekeyNumbers } from '@assent/people';
import { Database, KeyRing, KeyVersions, Reseal } from '@assent/platform';
import { openBeside } from './operator-command.js';

/** What commands about keys work with. */
export interface OpenedKeys extends AsyncDisposable {
  keys: KeyRing;
  versions: KeyVersions;
  reseal: Reseal;
  numbers: RekeyNumbers;
}

/** Opens the database beside the platform that runs, with the keys of this process. */
export async function openKeys(name: string): Promise<OpenedKeys> {
  const { app } = await openBeside(name, PhoneKeysModule);
  const keys = app.get(KeyRing, { strict: false });
  const database = app.get(Database, { strict: false });
  return {
    keys,
    versions: new KeyVersions(database, keys),
    reseal: new Reseal(database, keys),
    numbers: app.get(RekeyNumbers, { strict: false }),
    [Symbol.asyncDispose]: () => app.close(),
  };
}
