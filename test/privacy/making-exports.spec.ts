import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BuildExports, ForgetExports } from '@assent/privacy';
import { change } from '../consent/consent-platform.js';
import { aBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  matchAll,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { check, fetchFrom, read, records, request, unpacked } from './exports.js';

const MESSAGES = 2_000;

/** Without a worker: exports are made when a test says so. */
let platform: TestPlatform;
let shop: GraphQLClient;
let build: BuildExports;

beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '10000' }, { worker: false });
  shop = platform.business((await aBusiness(platform)).apiKey);
  build = platform.app.get(BuildExports, { strict: false });
});
afterAll(() => platform.stop());

const never = () => new AbortController().signal;
const sql = (text: string, values?: unknown[]) => platform.database.sql(text, values);

async function aReachable(): Promise<Reachable> {
  return (await matchAll(shop, [await aPerson(platform)]))[0]!;
}

/** Somebody with so many messages that their export has several chunks. */
async function somebodyWithMuch(): Promise<TestPerson> {
  const { person, contact } = await aReachable();
  for (let sent = 0; sent < MESSAGES; sent += 1_000) {
    const messages = Array.from({ length: 1_000 }, () =>
      aMessage(contact, { text: randomBytes(760).toString('base64') }),
    );
    expect((await sendAll(shop, messages)).every(wasAccepted)).toBe(true);
  }
  return person;
}

async function fetched(person: TestPerson, id: string): Promise<Buffer> {
  const { downloadPath } = await read(person, id);
  const answer = await fetchFrom(platform, downloadPath, person.token);
  return Buffer.from(await answer.arrayBuffer());
}

const chunks = async () =>
  (await sql('SELECT nr FROM export_chunk ORDER BY nr')).map(({ nr }) => nr as number);
const leaseEnds = () =>
  sql(`UPDATE export_job SET lease_until = now() - interval '1 s' WHERE status = 'RUNNING'`);
const forgetAll = async () => {
  await sql(`UPDATE export_job SET expires_at = now() - interval '1 s'`);
  await platform.app.get(ForgetExports, { strict: false }).execute();
};

describe('making exports', () => {
  it('puts messages that were stopped into them, with their text and why they did not arrive', async () => {
    const { person, contact } = await aReachable();
    await send(shop, contact, { text: 'Held back.' });
    await change(person, 'stop');
    const { id } = (await request(person)).export;
    expect(await build.execute(never())).toBe(true);
    const files = await unpacked(await fetched(person, id));
    expect(records(files, 'messages.jsonl')).toMatchObject([
      { status: 'SUPPRESSED', receivedAt: null, text: 'Held back.', reason: expect.stringMatching(/STOP/) },
    ]);
  });

  it('says how far it is, in several sealed chunks of at most 256 KB', async () => {
    await forgetAll();
    const person = await somebodyWithMuch();
    const { id } = (await request(person)).export;
    const made = build.execute(never());
    const seen = await until('a part is made', async () => {
      const { status, progress, records: done, size } = await read(person, id);
      return status === 'RUNNING' && done > 0 ? { progress, size } : undefined;
    });
    expect(seen.progress).toBeGreaterThan(0);
    expect(seen.progress).toBeLessThan(1);
    expect(seen.size).toBeNull();
    await made;
    expect((await chunks()).length).toBeGreaterThan(3);
    const [largest] = await sql('SELECT max(octet_length(bytes)) AS bytes FROM export_chunk');
    expect(largest?.['bytes']).toBeLessThanOrEqual(256 * 1024);
    const archive = await fetched(person, id);
    expect(records(await unpacked(archive), 'messages.jsonl')).toHaveLength(MESSAGES);
    const [row] = await sql(`SELECT bytes FROM export_chunk WHERE nr = 0`);
    expect((row?.['bytes'] as Buffer).includes('README.txt')).toBe(false);
  });

  it('begins anew where a worker was killed, and what that one had made is gone', async () => {
    await forgetAll();
    const person = await somebodyWithMuch();
    const { id } = (await request(person)).export;
    await sql(`UPDATE export_job SET status = 'RUNNING', fence = 1, attempts = 1, done = 7,
      lease_until = now() + interval '1 hour'`);
    await sql(`INSERT INTO export_chunk (lane, person_id, job_id, nr, bytes)
      SELECT lane, person_id, id, nr, 'half of a dead one' FROM export_job, generate_series(0, 90) AS nr`);
    expect(await build.execute(never())).toBe(false);
    await leaseEnds();
    expect(await build.execute(never())).toBe(true);
    expect((await chunks()).length).toBeLessThan(40);
    await check(await fetched(person, id));
  });

  it('takes nothing more from a worker that was taken for dead, and lives', async () => {
    expect(await takeOver()).toEqual({ chunks: 0, status: 'RUNNING' });
  });

  it('would take it, were the fence not looked at (planted fault)', async () => {
    const sound = plantFault((text) => text.replace('AND fence = $4', 'AND $4::bigint IS NOT NULL'));
    try {
      expect(await takeOver()).toEqual({ chunks: expect.any(Number), status: 'READY' });
    } finally {
      sound();
    }
  });

  it('goes back into the queue at once where the process is told to stop', async () => {
    await forgetAll();
    const person = await somebodyWithMuch();
    const { id } = (await request(person)).export;
    const stopping = new AbortController();
    const made = build.execute(stopping.signal);
    await until('a part is made', async () => (await chunks()).length > 0);
    stopping.abort();
    await made;
    expect(await sql('SELECT status, attempts FROM export_job')).toEqual([{ status: 'QUEUED', attempts: 0 }]);
    expect(await build.execute(never())).toBe(true);
    await check(await fetched(person, id));
  });

  it('gives up after five attempts; the person sees it and may ask again at once', async () => {
    await forgetAll();
    const person = await aPerson(platform);
    const { id } = (await request(person)).export;
    const sound = plantFault((text) => text.replace('INSERT INTO export_chunk', 'INSERT INTO nothing'));
    try {
      for (let attempt = 1; attempt <= 5; attempt++) {
        expect((await read(person, id)).status).toBe('QUEUED');
        expect(await build.execute(never())).toBe(true);
        expect(await build.execute(never())).toBe(false);
        await sql(`UPDATE export_job SET lease_until = now() - interval '1 s' WHERE lease_until IS NOT NULL`);
      }
    } finally {
      sound();
    }
    expect(await read(person, id)).toMatchObject({ status: 'FAILED', downloadPath: null });
    expect(platform.logs.filter((line) => line.includes('An export failed'))).toHaveLength(5);
    const again = await request(person);
    expect(again.export.id).not.toBe(id);
  });

  it('is forgotten with its bytes 7 days after it was made', async () => {
    await forgetAll();
    const person = await aPerson(platform);
    await request(person);
    await build.execute(never());
    const forget = platform.app.get(ForgetExports, { strict: false });
    expect(await forget.execute()).toBe(0);
    await platform.shiftClock(7 * 24 * 60 * 60_000 + 60_000);
    expect(await forget.execute()).toBe(1);
    expect(await chunks()).toEqual([]);
  });
});

/** While a worker makes an export, another one takes over, and has made nothing yet when the first one ends. */
async function takeOver(): Promise<{ chunks: number; status: string }> {
  await forgetAll();
  const person = await somebodyWithMuch();
  const { id } = (await request(person)).export;
  const made = build.execute(never());
  await until('a part is made, and taken over', async () => {
    const [taken] = await sql(`UPDATE export_job SET fence = fence + 1
      WHERE status = 'RUNNING' AND EXISTS (SELECT FROM export_chunk) RETURNING id`);
    return taken;
  });
  await sql('DELETE FROM export_chunk');
  await made;
  return { chunks: (await chunks()).length, status: (await read(person, id)).status };
}
