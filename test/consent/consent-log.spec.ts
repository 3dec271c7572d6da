import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExtendLog } from '@assent/consent';
import { Configuration, Database, Hints, KeyRing } from '@assent/platform';
import { openCheckpoint, readKey } from '../../apps/verify/src/note.js';
import { ConsentLogStore } from '../../libs/consent/src/persistence/consent-log.store.js';
import { LogSigner } from '../../libs/consent/src/persistence/log-signer.js';
import { plantFault } from '../support/plant-fault.js';
import { until } from '../support/until.js';
import { KEYS, type LogPlatform, objection, startLog } from './log-platform.js';

let log: LogPlatform;
beforeAll(async () => {
  log = await startLog();
});
afterAll(() => log.platform.stop());

const leaves = async (on = log) =>
  (
    await on.database.sql<{ index: number }>(
      'SELECT index FROM consent_log_node WHERE level = 0 ORDER BY index',
    )
  ).map(({ index }) => index);
const positions = async (on = log) =>
  on.database.sql<{ leaf_index: number; person_id: string; seq: number }>(
    `SELECT p.leaf_index, p.person_id, e.seq FROM consent_log_position p
      JOIN consent_event e ON e.id = p.event_id AND e.person_id = p.person_id ORDER BY p.leaf_index`,
  );
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
const sizes = async (on = log) =>
  (await on.database.sql<{ size: number }>('SELECT size FROM consent_log_checkpoint ORDER BY size')).map(
    ({ size }) => size,
  );

describe('checkpoints', () => {
  it('begin with that of the empty log, and are read by anyone with the key beside them', async () => {
    expect(await log.read('checkpoint')).toMatchObject({ status: 404 });
    await log.extend();
    const { status, text, type } = await log.read('checkpoint');
    expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
    const key = readKey(await log.key());
    expect(openCheckpoint(text, [key])).toEqual({
      origin: 'assent.invalid/consent-log',
      size: 0,
      root: createHash('sha256').digest(),
      signers: [key],
    });
  });

  it('are signed only when the log grew, at most one a second', async () => {
    await log.passASecond();
    await log.extend();
    expect(await sizes()).toEqual([0]);

    const person = await log.aPerson();
    await log.record(person, 3);
    await log.extend();
    expect(await sizes()).toEqual([0, 3]);
    await log.record(person, 2);
    await log.extend();
    await log.record(person, 1);
    await log.extend();
    expect(await leaves()).toEqual(upTo(6));
    expect(await sizes()).toEqual([0, 3]);
    await log.passASecond();
    await log.extend();
    expect(await sizes()).toEqual([0, 3, 6]);
  });

  it('are each the beginning of the next, which /consent-log/consistency proves', async () => {
    const [key, older] = [readKey(await log.key()), await log.read('checkpoint')];
    await log.record(await log.aPerson(), 7);
    await log.settle();
    const before = openCheckpoint(older.text, [key]);
    const now = openCheckpoint((await log.read('checkpoint')).text, [key]);
    expect([before.size, now.size]).toEqual([6, 13]);
    const { text } = await log.read('consistency?from=6&to=13');
    const proof = text
      .trim()
      .split('\n')
      .map((line) => Buffer.from(line, 'base64'));
    expect(consistent(before, now, proof)).toBe(true);
    expect(consistent(before, now, proof.toReversed())).toBe(false);
    expect((await log.read('consistency?from=13&to=13')).text).toBe('');
    for (const wrong of [
      'from=0&to=13',
      'from=7&to=6',
      'from=1&to=14',
      'from=1',
      'from=1&to=x',
      'from=01&to=2',
    ]) {
      expect((await log.read(`consistency?${wrong}`)).status).toBe(400);
    }
  });

  it('can not be made under another name, which would be another log', async () => {
    const size = (await leaves()).length;
    await log.record(await log.aPerson(), 1);
    const renamed = Configuration.parse({ CONSENT_LOG_ORIGIN: 'example.com/renamed' });
    const signer = new LogSigner(KeyRing.parse(KEYS), renamed);
    const other = new ExtendLog(log.get(Database), log.get(ConsentLogStore), signer, log.get(Hints));
    await expect(other.execute()).rejects.toThrow(
      'CONSENT_LOG_ORIGIN makes the name of this log example.com/renamed, but it has been signed as assent.invalid/consent-log',
    );
    expect(await leaves()).toEqual(upTo(size));
    await log.extend();
    expect(await leaves()).toEqual(upTo(size + 1));
  });

  it('are signed with every version of the keys, so whoever pinned the older one goes on', async () => {
    const older = await startLog();
    const newer = await startLog({ ASSENT_KEYS: `${KEYS},2:${Buffer.alloc(32, 7).toString('base64')}` });
    await Promise.all([older.extend(), newer.extend()]);
    const keys = (await newer.read('key')).text.trim().split('\n').map(readKey);
    expect(keys).toHaveLength(2);
    expect(keys[1]!.text).toBe(await older.key());
    const { text } = await newer.read('checkpoint');
    for (const key of keys) expect(openCheckpoint(text, [key]).signers).toEqual([key]);
    expect(openCheckpoint(text, keys).signers).toEqual(keys);
    await Promise.all([older.platform.stop(), newer.platform.stop()]);
  });
});

describe('giving events their leaves', () => {
  it('leaves no gap and gives nothing twice, though workers race and events commit late', async () => {
    const before = (await leaves()).length;
    const people = await Promise.all(upTo(6).map(() => log.aPerson()));
    const [slow, ...others] = people as [(typeof people)[number], ...typeof people];
    const database = log.get(Database);
    // This transaction writes its events first and commits them last.
    const release = Promise.withResolvers<undefined>();
    const written = Promise.withResolvers<undefined>();
    const late = database.transaction({ role: 'person', personId: slow.personId }, async (tx) => {
      await log.recordIn(tx, slow, 5);
      written.resolve(undefined);
      await release.promise;
    });
    await written.promise;

    const done = new AbortController();
    const workers = upTo(4).map(async () => {
      while (!done.signal.aborted) await log.get(ExtendLog).execute();
    });
    await Promise.all(
      others.map(async (person, at) => {
        for (let turn = 0; turn < 10; turn++) await log.record(person, at + 1);
      }),
    );
    await until('the others are in the log', async () => (await leaves()).length === before + 150);
    release.resolve(undefined);
    await late;
    await until('the late ones are in the log', async () => (await leaves()).length === before + 155);
    done.abort();
    await Promise.all(workers);

    expect(await leaves()).toEqual(upTo(before + 155));
    const placed = await positions();
    expect(placed.map(({ leaf_index: leaf }) => leaf)).toEqual(upTo(before + 155));
    expect(placed.slice(-5).every(({ person_id: person }) => person === slow.personId)).toBe(true);
    for (const { personId } of people) {
      const own = placed.filter(({ person_id: person }) => person === personId).map(({ seq }) => seq);
      expect(own).toEqual(upTo(own.length).map((at) => at + 1));
    }
    expect(await log.database.sql('SELECT FROM consent_log_queue')).toEqual([]);
    await log.settle();
    expect(await objection(await log.dump())).toBeUndefined();
  });

  it('can not fork the log even without the lock: of two that take the same leaf, one fails', async () => {
    const before = (await leaves()).length;
    const people = await Promise.all(upTo(4).map(() => log.aPerson()));
    const heal = plantFault((sql) => sql.replace(/pg_try_advisory_xact_lock\(.*\)\)/, 'true'));
    const extend = log.get(ExtendLog);
    let failures = 0;
    for (let turn = 0; failures === 0 && turn < 50; turn++) {
      await Promise.all(people.map((person) => log.record(person, 20)));
      const rounds = await Promise.allSettled(upTo(4).map(() => extend.execute()));
      failures += rounds.filter(({ status }) => status === 'rejected').length;
    }
    heal();
    expect(failures).toBeGreaterThan(0);
    await log.settle();
    const [{ events } = { events: 0 }] = await log.database.sql<{ events: number }>(
      'SELECT count(*)::int AS events FROM consent_event',
    );
    expect((await leaves()).length).toBeGreaterThan(before);
    expect(await leaves()).toEqual(upTo(events));
    expect(await objection(await log.dump())).toBeUndefined();
  });

  it('loses nothing when a worker dies in the middle of a round', async () => {
    const before = await leaves();
    await log.record(await log.aPerson(), 4);
    await log.passASecond();
    const heal = plantFault((sql) => sql.replace('DELETE FROM consent_log_queue', 'DELETE FROM nowhere'));
    await expect(log.extend()).rejects.toThrow('nowhere');
    heal();
    expect(await leaves()).toEqual(before);
    await log.extend();
    expect(await leaves()).toEqual(upTo(before.length + 4));
  });

  it('skips an event that was erased before its turn', async () => {
    const before = await leaves();
    const person = await log.aPerson();
    await log.record(person, 3);
    await log.database.sql('DELETE FROM consent_event WHERE person_id = $1', [person.personId]);
    await log.extend();
    expect(await leaves()).toEqual(before);
    expect(await log.database.sql('SELECT FROM consent_log_queue')).toEqual([]);
  });
});

/** Verifies a consistency proof by RFC 9162, 2.1.4.2. */
function consistent(
  older: { size: number; root: Buffer },
  newer: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  const node = (left: Buffer, right: Buffer) =>
    createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  let [fn, sn] = [older.size - 1, newer.size - 1];
  while (fn % 2 === 1) [fn, sn] = [fn >> 1, sn >> 1];
  let [fr, sr] = [path[0]!, path[0]!];
  for (const hash of path.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [node(hash, fr), node(hash, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    } else {
      sr = node(sr, hash);
    }
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return sn === 0 && fr.equals(older.root) && sr.equals(newer.root);
}
