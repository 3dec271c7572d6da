/** The limits that figures are compared with, measured in the same run and alternating with them. */
import { createCipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Load } from './load.ts';
import { platform } from './platform.ts';
import { CONTENT_BYTES } from './seed-messages.ts';

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
export function rawInsert(owner: pg.Pool, seconds: number): Promise<number> {
  const rows = Array.from({ length: 500 }, (_, at) => at);
  const businessId = platform.uuid7(Date.now());
  return onConnections(owner, 2, seconds, async (client) => {
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
        rows.map(() => randomBytes(CONTENT_BYTES)),
        rows.map((at) => `key-${now.getTime()}-${at}`),
        now,
      ],
    });
    return rows.length;
  });
}

/** (c) Raw single-row INSERT of the same row, prepared, 16 connections. Rows/s. */
export function rawSingleInsert(owner: pg.Pool, seconds: number): Promise<number> {
  const businessId = platform.uuid7(Date.now());
  return onConnections(owner, 16, seconds, async (client) => {
    const now = new Date();
    const id = platform.uuid7(now.getTime(), now.getTime() % 1_024);
    await client.query({
      name: 'raw-single-insert',
      text: `INSERT INTO raw_message (lane, id, business_id, person_id, contact_id, seq, purpose, content_suite, content,
          idempotency_key, accepted_at) VALUES ($1, $2, $3, $2, $2, 1, 'SERVICE', 1, $4, $5, $6)`,
      values: [now.getTime() % 1_024, id, businessId, randomBytes(CONTENT_BYTES), `key-${id}`, now],
    });
    return 1;
  });
}

/** (d) HMAC-SHA-256 of a number by node:crypto on one thread. A second's worth. */
export function hmacs(seconds: number): number {
  const key = createSecretKey(randomBytes(32));
  return onThisThread(seconds, (nr) =>
    createHmac('sha256', key)
      .update(`+49151${10_000_000 + nr}`)
      .digest(),
  );
}

/** (d) AES-256-GCM of a text of 200 characters by node:crypto on one thread. */
export function seals(seconds: number): number {
  const key = createSecretKey(randomBytes(32));
  const nonce = randomBytes(12);
  const text = 'x'.repeat(200);
  return onThisThread(seconds, () => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  });
}

function onThisThread(seconds: number, work: (nr: number) => unknown): number {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < seconds * 1_000) for (let nr = 0; nr < 200; nr++) work(done++);
  return done / ((performance.now() - began) / 1_000);
}

async function onConnections(
  owner: pg.Pool,
  connections: number,
  seconds: number,
  insert: (client: pg.PoolClient) => Promise<number>,
): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let inserted = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await owner.connect();
      try {
        // Not added to in one go with the waiting: others add meanwhile.
        while (performance.now() < end) {
          const rows = await insert(client);
          inserted += rows;
        }
      } finally {
        client.release();
      }
    }),
  );
  return inserted / ((performance.now() - began) / 1_000);
}
