import { pipeline } from 'node:stream/promises';
import type { Type } from '@nestjs/common';
import type { LogDump } from '@assent/ledger';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { openBeside } from './operator-command.js';

/** A command that writes a log to its output, and ends. @param of what its entries are entries of */
export function writeDump(
  name: string,
  library: Type,
  dumper: Type<{ execute(): Promise<LogDump | undefined> }>,
  of: string,
): Promise<never> {
  return Lifetime.once(async () => {
    const { app } = await openBeside(name, library);
    const dump = await app.get(dumper).execute();
    if (!dump) {
      throw new StartError('The log has no checkpoint yet: a worker makes the first one when it starts');
    }
    // Lines are made as fast as they are taken, so memory does not grow with the log.
    await pipeline(dump.lines, process.stdout, { end: false });
    await app.close();
    process.stderr.write(`${dump.size} ${dump.size === 1 ? 'entry' : 'entries'} ${of}\n`);
  });
}
