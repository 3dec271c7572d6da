import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource, migrate } from '@assent/platform';
import { IdempotencyByWeek1795392000064 } from '../../migrations/1795392000064-idempotency-by-week.js';
import { MIGRATIONS } from '../../migrations/index.js';

const DAY_MS = 24 * 3_600_000;

describe('keys of idempotency', () => {
  const name = `${process.env['TEST_DATABASE_PREFIX']}${randomBytes(6).toString('hex')}`;
  const to = (url: string | undefined, database: string) =>
    Object.assign(new URL(url!), { pathname: `/${database}` }).href;
  const owner = to(process.env['TEST_OWNER_URL'], name);
  const superuser = to(process.env['TEST_SUPERUSER_URL'], name);
  const maintain = async (sql: string) => {
    const client = new pg.Client({ connectionString: process.env['TEST_SUPERUSER_URL'] });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  let client: pg.Client;

  beforeAll(async () => {
    await maintain(`CREATE DATABASE ${name} OWNER assent_owner`);
    await migrate(owner, MIGRATIONS.slice(0, MIGRATIONS.indexOf(IdempotencyByWeek1795392000064)));
    client = new pg.Client({ connectionString: superuser });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await maintain(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  const partitions = async () => {
    const { rows } = await client.query<{ relname: string }>(
      `SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'idempotency'::regclass ORDER BY relname`,
    );
    return rows.map(({ relname }) => relname);
  };
  const keys = async () =>
    (await client.query(`SELECT key_hash, created_at FROM idempotency ORDER BY created_at`)).rows;
  const hasRun = async (migration: string) =>
    (await client.query(`SELECT FROM migration WHERE name LIKE $1`, [`${migration}%`])).rowCount === 1;
  const keep = (at: number) =>
    client.query(
      `INSERT INTO idempotency (key_hash, created_at, body_hash, reason) VALUES ($1, $2, $1, 'ANY')`,
      [randomBytes(32), new Date(at)],
    );
  const nameOf = (at: number) =>
    `idempotency_${new Date(at).toISOString().slice(0, 10).replaceAll('-', '_')}`;

  it('of days become those of weeks, and days again, without losing one', async () => {
    const now = Date.now();
    const today = now - (now % DAY_MS);
    // 1970-01-01 was a Thursday.
    const monday = today - ((today / DAY_MS + 3) % 7) * DAY_MS;
    for (let day = today - 7 * DAY_MS; day < today - DAY_MS; day += DAY_MS) {
      await client.query(`CREATE TABLE ${nameOf(day)} PARTITION OF idempotency
        FOR VALUES FROM ('${new Date(day).toISOString()}') TO ('${new Date(day + DAY_MS).toISOString()}')`);
      await client.query(`ALTER TABLE ${nameOf(day)} OWNER TO assent_owner`);
    }
    for (const days of [7, 5, 1, 0]) await keep(today - days * DAY_MS);
    const before = await keys();
    await migrate(owner, MIGRATIONS);
    expect(await keys()).toEqual(before);
    expect(await partitions()).toEqual([-1, 0, 1, 2].map((week) => nameOf(monday + week * 7 * DAY_MS)));
    // Whatever day of these weeks it is, there is a place for it.
    for (let day = monday - 7 * DAY_MS; day < monday + 21 * DAY_MS; day += DAY_MS) await keep(day);

    const all = await keys();
    const source = createDataSource(owner, { migrations: MIGRATIONS, poolSize: 2, name: 'undo' });
    await source.initialize();
    while (await hasRun('IdempotencyByWeek')) await source.undoLastMigration();
    await source.destroy();
    expect(await keys()).toEqual(all);
    expect(await partitions()).toContain(nameOf(today + 14 * DAY_MS));
    expect((await partitions()).length).toBeGreaterThanOrEqual(28);

    await migrate(owner, MIGRATIONS);
    expect(await keys()).toEqual(all);
    expect(await partitions()).toHaveLength(4);
  });

  it('are dropped with their week, 7 days after it ended', async () => {
    const [oldest, ...others] = await partitions();
    const end = Date.parse(`${others[0]!.slice(-10).replaceAll('_', '-')}T00:00:00Z`);
    const at = async (time: number) => {
      await client.query(`CREATE OR REPLACE FUNCTION assent_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
        AS $$ SELECT timestamptz '${new Date(time).toISOString()}' $$`);
      await client.query(`SELECT assent_drop_partitions()`);
    };
    await at(end + 7 * DAY_MS);
    expect(await partitions()).toEqual([oldest, ...others]);
    await at(end + 7 * DAY_MS + 1);
    expect(await partitions()).toEqual(others);
  });
});
