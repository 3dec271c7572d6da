import { pipeline } from 'node:stream/promises';
import { ConsentLogModule, DumpLedger } from '@assent/consent';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { openBeside } from './operator-command.js';

await Lifetime.once(async () => {
  const { app } = await openBeside('assent-ledger-dump', ConsentLogModule);
  const dump = await app.get(DumpLedger).execute();
  if (!dump) {
    throw new StartError(
      'The consent log has no checkpoint yet: a worker makes the first one when it starts',
    );
  }
  // Lines are made as fast as they are taken, so memory does not grow with the ledger.
  await pipeline(dump.lines, process.stdout, { end: false });
  await app.close();
  process.stderr.write(`${dump.size} ${dump.size === 1 ? 'entry' : 'entries'} of the ledger\n`);
});
