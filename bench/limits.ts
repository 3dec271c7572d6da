/** The limits that figures are compared with, measured in the same run and alternating with them. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Load } from './load.ts';
import { platform } from './platform.ts';
import type { World } from './world.ts';

/** (a) A mutation that does nothing on the same server: HTTP, authentication, GraphQL. Requests/s. */
export function noOp(load: Load): Promise<number> {
  return load.run(64, () => load.send('mutation { __typename }', {}), 1);
}

/** A plain copy of the messages table: its primary key and no other index. */
export async function createRawTable(owner: pg.Pool): Promise<void> {
  await owner.query(
    'CREATE TABLE IF NOT EXISTS raw_message (LIKE message INCLUDING DEFAULTS, PRIMARY KEY (lane, id))',
  );
}

/** (b) Raw multi-row INSERT of the same rows by `pg`: 500 a statement through unnest, 2 connections. Rows/s. */
export async function rawInsert({ owner }: World, seconds: number): Promise<number> {
  const rows = Array.from({ length: 500 }, (_, at) => at);
  const businessId = platform.uuid7(Date.now());
  const end = performance.now() + seconds * 1_000;
  const began = performance.now();
  let inserted = 0;
  await Promise.all(
    [0, 1].map(async () => {
      const client = await owner.connect();
      while (performance.now() < end) {
        const now = new Date();
        await client.query({
          name: 'raw-insert',
          text: `INSERT INTO raw_message (lane, id, business_id, person_id, contact_id, seq, purpose, content_suite, content,
              idempotency_key, accepted_at)
            SELECT lane, id, $3, person_id, contact_id, 1, 'SERVICE', 1, content, key, $8
            FROM unnest($1::smallint[], $2::uuid[], $4::uuid[], $5::uuid[], $6::bytea[], $7::text[])
              AS t (lane, id, person_id, contact_id, content, key)`,
          values: [
            rows.map((at) => at),
            rows.map((at) => platform.uuid7(now.getTime(), at)),
            businessId,
            rows.map((at) => platform.uuid7(now.getTime(), at)),
            rows.map((at) => platform.uuid7(now.getTime(), at)),
            rows.map(() => randomBytes(229)), // 200 characters, sealed
            rows.map((at) => `key-${now.getTime()}-${at}`),
            now,
          ],
        });
        inserted += 500;
      }
      client.release();
    }),
  );
  return inserted / ((performance.now() - began) / 1_000);
}
