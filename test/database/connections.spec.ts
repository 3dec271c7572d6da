import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDataSource, Database, type Scope } from '@assent/platform';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const ENGINE: Scope = { role: 'engine' };
/** Longer than `pg` keeps a connection that nobody uses, if it is not told otherwise. */
const QUIET_MS = 11_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function connect() {
  const source = createDataSource(database.appUrl, { name: 'assent-test', poolSize: 1 });
  await source.initialize();
  return {
    database: new Database(source, true),
    [Symbol.asyncDispose]: () => source.destroy(),
  };
}

it('comes to the primary by a new connection where one leads to a server that only follows', async () => {
  await using connected = await connect();
  const write = () =>
    connected.database.transaction(ENGINE, (tx) =>
      tx.run({ text: 'UPDATE business_guard SET reach_used = reach_used WHERE false' }),
    );
  await expect(write()).resolves.toBe(0);
  // From here on the one connection is what those to a former primary are.
  await connected.database.transaction(ENGINE, (tx) =>
    tx.run({ text: 'SET default_transaction_read_only = on' }),
  );
  await expect(write()).rejects.toMatchObject({ code: '25006' });
  await expect(write()).resolves.toBe(0);
});

it('keeps a connection while nothing is asked', async () => {
  await using connected = await connect();
  const backend = () =>
    connected.database.rows<{ pid: number }>(ENGINE, { text: 'SELECT pg_backend_pid() AS pid' });
  const before = await backend();
  await wait(QUIET_MS);
  expect(await backend()).toEqual(before);
}, 30_000);
