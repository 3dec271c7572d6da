/** The limits that figures are compared with, measured in the same run and alternating with them. */
import { createCipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Load } from './load.ts';
import { platform } from './platform.ts';
import { CONTENT_BYTES, LANES } from './seed-messages.ts';

const ROWS = 500;

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

/**
 * What differs, or may, from one message of a request to the next: each names its own contact, template, language and validity. The
 * business and the time of acceptance are the request's.
 */
const COLUMNS = {
  lane: 'smallint',
  id: 'uuid',
  person_id: 'uuid',
  contact_id: 'uuid',
  seq: 'integer',
  purpose: 'purpose',
  content: 'bytea',
  idempotency_key: 'text',
  template_id: 'uuid',
  template_version_id: 'uuid',
  template_language: 'text',
  expires_at: 'timestamptz',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const TYPES = Object.values(COLUMNS);
const VALIDITY_MS = 30 * 24 * 3_600_000;

/** Makes rows as messages of the bench's template have them; what takes long to make is made once, as only inserting counts. */
function rawRows(): (now: Date, nr: number) => unknown[] {
  const contents = Array.from({ length: ROWS }, () => randomBytes(CONTENT_BYTES));
  const [personId, contactId, templateId, versionId] = Array.from({ length: 4 }, () =>
    platform.uuid7(Date.now()),
  );
  return (now, nr) => [
    nr % LANES,
    platform.uuid7(now.getTime(), nr % LANES),
    personId,
    contactId,
    1,
    'SERVICE',
    contents[nr % contents.length],
    `bench-${nr}`,
    templateId,
    versionId,
    'en',
    new Date(now.getTime() + VALIDITY_MS),
  ];
}

/** (b) Raw multi-row INSERT of the same rows by `pg`: 500 a statement through unnest, 2 connections. Rows/s. */
export function rawInsert(owner: pg.Pool, seconds: number): Promise<number> {
  const businessId = platform.uuid7(Date.now());
  const rowOf = rawRows();
  const lists = TYPES.map((type, at) => `$${at + 3}::${type}[]`).join(', ');
  return onConnections(owner, 2, seconds, async (client) => {
    const now = new Date();
    const rows = Array.from({ length: ROWS }, (_, at) => rowOf(now, at));
    await client.query({
      name: 'raw-insert',
      text: `INSERT INTO raw_message (business_id, accepted_at, content_suite, ${NAMES})
        SELECT $1, $2, 1, * FROM unnest(${lists})`,
      values: [businessId, now, ...TYPES.map((_, column) => rows.map((row) => row[column]))],
    });
    return rows.length;
  });
}

/** (c) Raw single-row INSERT of the same row, prepared, 16 connections. Rows/s. */
export function rawSingleInsert(owner: pg.Pool, seconds: number): Promise<number> {
  const businessId = platform.uuid7(Date.now());
  const rowOf = rawRows();
  let nr = 0;
  return onConnections(owner, 16, seconds, async (client) => {
    const now = new Date();
    await client.query({
      name: 'raw-single-insert',
      text: `INSERT INTO raw_message (business_id, accepted_at, content_suite, ${NAMES})
        VALUES ($1, $2, 1, ${TYPES.map((_, at) => `$${at + 3}`).join(', ')})`,
      values: [businessId, now, ...rowOf(now, nr++)],
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
