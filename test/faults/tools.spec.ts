import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DatabaseProxy } from './database-proxy.js';
import { SmallDisk } from './small-disk.js';

describe('the proxy before PostgreSQL', () => {
  const url = process.env['TEST_SUPERUSER_URL'] ?? '';
  let proxy: DatabaseProxy;
  let direct: pg.Client;
  let client: pg.Client;

  beforeEach(async () => {
    proxy = new DatabaseProxy(() => 0);
    proxy.target = Number(new URL(url).port);
    await proxy.open();
    const through = new URL(url);
    through.port = String(proxy.port);
    direct = new pg.Client({ connectionString: url });
    client = new pg.Client({ connectionString: through.href });
    client.on('error', () => undefined);
    await Promise.all([direct.connect(), client.connect()]);
    await direct.query('CREATE TABLE proxied (id integer)');
  });
  afterEach(async () => {
    await direct.query('DROP TABLE proxied');
    await Promise.all([direct.end(), client.end().catch(() => undefined)]);
    await proxy.close();
  });

  const kept = async () => (await direct.query('SELECT id FROM proxied')).rows;

  it('lets everything through', async () => {
    await client.query('BEGIN; INSERT INTO proxied VALUES (1); COMMIT');
    expect((await client.query(`SELECT repeat('x', 1000000) AS long`)).rows[0].long).toHaveLength(1_000_000);
    expect(await kept()).toEqual([{ id: 1 }]);
  });

  it('loses the answer to a commit, and not the commit', async () => {
    proxy.losing = 1;
    await client.query('BEGIN');
    await client.query('INSERT INTO proxied VALUES (2)');
    await expect(client.query('COMMIT')).rejects.toThrow();
    expect(proxy.lost).toBe(1);
    expect(await kept()).toEqual([{ id: 2 }]);
  });

  it('cuts connections, and what was under way with them', async () => {
    await client.query('BEGIN; INSERT INTO proxied VALUES (3)');
    expect(proxy.cut(1)).toBe(1);
    await expect(client.query('COMMIT')).rejects.toThrow();
    expect(await kept()).toEqual([]);
  });
});

describe('a small disk', () => {
  const disk = SmallDisk.mount();
  afterEach(() => disk?.unmount());

  it('is there wherever one may be mounted, and full to the last byte until it is freed', () => {
    expect(disk !== undefined).toBe(SmallDisk.isAllowed());
    if (!disk) return;
    const write = () => writeFileSync(join(disk.path, 'file'), 'x'.repeat(100_000));
    disk.fill();
    expect(write).toThrow('ENOSPC');
    disk.free();
    expect(write).not.toThrow();
  });
});
