import { parseArgs } from 'node:util';
import type { Resealed } from '@assent/platform';
import { Lifetime, StartError } from '../../api/src/lifetime.js';
import { keyStatus, statusText } from './key-status.js';
import { openKeys } from './open-keys.js';
import { SEALED } from './sealed.js';

const MOST_ROWS = 1_000;

await Lifetime.once(async () => {
  const rows = rowsGiven();
  await using opened = await openKeys('assent-keys-rotate');
  const { keys, versions, numbers, reseal } = opened;
  process.stdout.write(`Sealing with version ${keys.current} what older versions sealed\n`);
  let unreadable = 0;
  for (const column of SEALED) {
    unreadable += await follow(`${column.table}.${column.column}`, reseal.through(column, rows));
  }
  unreadable += await follow('number_directory.phone_index', numbers.through(rows));
  process.stdout.write(statusText(keys.current, await keyStatus(keys, versions, numbers)));
  if (unreadable > 0)
    throw new StartError(
      `${unreadable} rows do not open with the key that they name: they were left as they are`,
    );
});

/** Says how far a place is after each step. @returns how many rows could not be opened */
async function follow(place: string, steps: AsyncGenerator<Resealed, void, undefined>): Promise<number> {
  const sum = { looked: 0, resealed: 0, unreadable: 0 };
  for await (const step of steps) {
    sum.looked += step.looked;
    sum.resealed += step.resealed;
    sum.unreadable += step.unreadable;
    const unread = sum.unreadable > 0 ? `, ${sum.unreadable} unreadable` : '';
    process.stdout.write(`  ${place}: ${sum.looked} looked at, ${sum.resealed} anew${unread}\n`);
  }
  return sum.unreadable;
}

function rowsGiven(): number {
  const text = parseArgs({ options: { rows: { type: 'string', default: String(MOST_ROWS) } } }).values.rows;
  const rows = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (rows < 1 || rows > MOST_ROWS)
    throw new StartError(`--rows is how many rows one step looks at, from 1 to ${MOST_ROWS}`);
  return rows;
}
