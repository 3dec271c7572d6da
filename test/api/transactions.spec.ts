import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, isOutage } from '@assent/platform';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const MAC = Buffer.alloc(32);

describe('the last statement of a transaction', () => {
  let platform: TestPlatform;
  let database: Database;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    database = platform.app.get(Database, { strict: false });
  });
  afterAll(() => platform.stop());

  const insert = (version: number, mac = MAC) => ({
    text: 'INSERT INTO key_check (version, mac) VALUES ($1, $2) RETURNING version',
    values: [version, mac],
  });
  const versions = async () => {
    const text = 'SELECT version FROM key_check WHERE version > 100 ORDER BY version';
    const rows = await database.rows<{ version: number }>({ role: 'gate' }, { text });
    return rows.map(({ version }) => version);
  };

  it('is answered, and has committed with all that came before it', async () => {
    const rows = await database.transaction({ role: 'gate' }, async (tx) => {
      await tx.run(insert(101));
      return tx.finish(insert(102));
    });
    expect(rows).toEqual([{ version: 102 }]);
    expect(await versions()).toEqual([101, 102]);
  });

  it('undoes what came before it where it fails, whether or not it was waited for', async () => {
    const failing = (awaited: boolean) =>
      database.transaction({ role: 'gate' }, async (tx) => {
        await tx.run(insert(103));
        const last = tx.finish(insert(104, Buffer.alloc(1)));
        if (awaited) await last;
      });
    await expect(failing(true)).rejects.toThrow('key_check_mac_check');
    await expect(failing(false)).rejects.toThrow('key_check_mac_check');
    expect(await versions()).toEqual([101, 102]);
  });

  it('lets nothing run in the transaction of somebody else that was left running when it failed', async () => {
    let late: () => Promise<unknown> = () => Promise.resolve();
    const failing = database.transaction({ role: 'gate' }, async (tx) => {
      late = () => tx.run(insert(106));
      await tx.run(insert(105));
      throw new Error('Planted');
    });
    await expect(failing).rejects.toThrow('Planted');
    await expect(late()).rejects.toThrow('after the end of its transaction');
    expect(await versions()).toEqual([101, 102]);
  });

  it('holds its locks no longer than its process lives up to it', async () => {
    const limit = { text: `SELECT current_setting('idle_in_transaction_session_timeout') AS is` };
    const silent = database.transaction({ role: 'gate' }, async (tx) => {
      expect(await tx.rows(limit)).toEqual([{ is: '20s' }]);
      await tx.run(insert(107));
      await tx.run({ text: 'SET LOCAL idle_in_transaction_session_timeout = 100' });
      const [row] = await tx.rows<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' });
      await until('PostgreSQL has ended it', async () => {
        const sql = 'SELECT FROM pg_stat_activity WHERE pid = $1';
        return (await platform.database.sql(sql, [row?.pid])).length === 0;
      });
    });
    const error = await silent.catch((failure: unknown) => failure);
    expect(isOutage(error)).toBe(true);
    expect(await versions()).toEqual([101, 102]);
  });

  it('leaves the connection to others, also after it failed', async () => {
    for (let times = 0; times < 10; times++) {
      await expect(database.rows({ role: 'gate' }, { text: 'SELECT 1 / 0' })).rejects.toThrow('division');
    }
    expect(await database.rows({ role: 'gate' }, { text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });
});
