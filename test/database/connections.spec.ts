import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, Database, type Scope } from '@assent/platform';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const ENGINE: Scope = { role: 'engine' };
/** Longer than `pg` keeps a connection that nobody uses, if it is not told otherwise. */
const QUIET_MS = 11_000;
/** Much longer than it takes to ask the time. */
const WAITING_MS = 1_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** With one connection for the gate and one for all else, or one for both. */
async function connect({ gate: withGate = false } = {}) {
  const open = () => createDataSource(database.appUrl, { name: 'assent-test', poolSize: 1 }).initialize();
  const other = await open();
  const gate = withGate ? await open() : other;
  return {
    database: new Database({ gate, other }, true),
    [Symbol.asyncDispose]: async () => {
      await other.destroy();
      if (withGate) await gate.destroy();
    },
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

describe('who asks', () => {
  /** Whether the gate answers while a transaction holds the connection of everything else. */
  async function raced(connected: { database: Database }): Promise<string> {
    const { promise: held, resolve: letGo } = Promise.withResolvers<undefined>();
    const { promise: begun, resolve: begins } = Promise.withResolvers<undefined>();
    const working = connected.database.transaction(ENGINE, async (tx) => {
      await tx.now();
      begins(undefined);
      await held;
    });
    await begun;
    const asking = connected.database.transaction({ role: 'gate' }, (tx) => tx.now());
    const first = await Promise.race([asking.then(() => 'known'), wait(WAITING_MS).then(() => 'waiting')]);
    letGo(undefined);
    await Promise.all([working, asking]);
    return first;
  }

  it('is known while every other connection is busy', async () => {
    await using connected = await connect({ gate: true });
    expect(await raced(connected)).toBe('known');
  });

  it('would wait for them over connections for everything', async () => {
    await using connected = await connect();
    expect(await raced(connected)).toBe('waiting');
  });
});
