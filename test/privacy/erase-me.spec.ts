import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForgetExpired } from '@assent/people';
import { readKey } from '../../apps/verify/src/note.js';
import { verifyFile } from '../../apps/verify/src/verify.js';
import { check, LogPlatform } from '../consent/log-platform.js';
import { aBusiness } from '../support/builders/accounts.js';
import { erased, erasureBy, eraseMe, type FinishedErasure } from '../support/builders/erasure.js';
import { anOptIn, outcomesOfImport } from '../support/builders/imports.js';
import { contactsOf, customersWith, match } from '../support/builders/matching.js';
import { send } from '../support/builders/messaging.js';
import { aPerson, proveNumber } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { aLivedInPerson, EVENTS, type Lived, MESSAGES, rowsWith, tracesOf } from './lived.js';

const folder = mkdtempSync(join(tmpdir(), 'assent-erasure-'));
let platform: TestPlatform;
let log: LogPlatform;
let business: GraphQLClient;
let lived: Lived;
let second: string;
let before: Awaited<ReturnType<typeof dumped>>;
let token: string;
let done: FinishedErasure;

beforeAll(async () => {
  platform = await startPlatform();
  log = new LogPlatform(platform);
  business = platform.business((await aBusiness(platform)).apiKey);
  lived = await aLivedInPerson(platform, business);
  second = (await aPerson(platform, { phone: lived.person.phone })).token;
  before = await dumped();
}, 60_000);
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

async function dumped() {
  const lines = await log.dump();
  return { lines, report: await check(lines, [await log.key()]) };
}

describe('a person who erases themselves', () => {
  it('has to mean it', async () => {
    const { errors } = await lived.person.api.raw(
      'mutation { eraseMe(input: { confirm: "yes" }) { token } }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'input.confirm', rule: 'must be the word ERASE' }],
    });
  });

  it('is gone from every device when it is answered', async () => {
    expect(await rowsWith(platform, tracesOf(platform, lived))).not.toEqual([]);
    const begun = await eraseMe(lived.person);
    token = begun.token;
    expect(begun.erasureId).toMatch(/^ers_/);
    for (const dead of [lived.person.token, second]) {
      const { errors } = await platform.person(dead).raw('{ me { phone } }');
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
    expect(await send(business, lived.contact)).toMatchObject({ reason: 'CONTACT_GONE', retryAt: null });
    done = await erased(platform, token);
    expect(done).toMatchObject({ id: begun.erasureId, askedAt: begun.askedAt, conversationsLeft: 0 });
  });

  it('leaves nothing of the number, the person or the texts in any table', async () => {
    // What is kept for minutes: the codes of a number are counted, whoever it belongs to.
    const kept = await rowsWith(platform, tracesOf(platform, lived));
    expect(kept.filter((row) => !row.startsWith('phone_code:'))).toEqual([]);
    await platform.shiftClock(60 * 60_000);
    await platform.app.get(ForgetExpired, { strict: false }).execute();
    await platform.shiftClock(0);
    expect(await rowsWith(platform, tracesOf(platform, lived))).toEqual([]);
  });

  it('leaves the business its messages, without text and without contact', async () => {
    for (const id of lived.messages) {
      const { message } = await business.do(
        'query ($id: ID!) { message(id: $id) { id status purpose text contact { id } } }',
        { id },
      );
      expect(message).toEqual({ id, status: 'DISPATCHED', purpose: 'SERVICE', text: null, contact: null });
    }
    const { messages } = await business.do('{ messages { nodes { id text } } }');
    expect(messages.nodes.map(({ text }: { text: string | null }) => text)).toEqual(
      Array(MESSAGES + 1).fill(null),
    );
    expect((await contactsOf(business)).map(({ id }) => id)).not.toContain(lived.contact);
    expect(await send(business, lived.contact)).toMatchObject({ reason: 'CONTACT_GONE' });
  });

  it('is told what became of each store', () => {
    const rows = (name: string, how: string) =>
      done.stores.find(({ store, what }) => store === name && what === how)?.rows;
    expect(rows('consent ledger', 'DELETED')).toBe(EVENTS);
    expect(rows('places in the consent log', 'DELETED')).toBe(EVENTS);
    expect(rows('message contents', 'DELETED')).toBe(MESSAGES + 1);
    expect(rows('messages of businesses', 'KEPT')).toBe(MESSAGES + 1);
    expect(rows('preferences', 'DELETED')).toBe(1);
    expect(rows('exports', 'DELETED')).toBe(1);
    expect(rows('inbox', 'DELETED')).toBe(MESSAGES);
    expect(rows('keys of message contents', 'KEY_DESTROYED')).toBe(1);
    expect(rows('devices', 'DELETED')).toBe(1);
    expect(rows('sessions', 'DELETED')).toBe(2);
    for (const { what, why } of done.stores) expect(why !== null).toBe(what === 'KEPT');
  });

  it('can be asked about by nobody without the token', async () => {
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [forged, lived.person.token, '']) expect(await erasureBy(platform, wrong)).toBeNull();
    const [row] = await platform.database.sql<{ all: string }>(
      `SELECT string_agg(e::text, '') AS all FROM erasure e`,
    );
    expect(row?.all).not.toContain(token);
  });
});

describe('the proof of an erasure', () => {
  const save = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('holds offline, names nobody, and names the leaves that the ledger has no events for any more', async () => {
    const report = await verifyFile(save('proof.json', done.proof), {
      keys: [readKey(await log.key())],
      checkpoints: [],
    });
    expect(report).toMatchObject({ kind: 'erasure', id: done.id, leaves: EVENTS, doneAt: done.doneAt });
    for (const trace of tracesOf(platform, lived)) expect(done.proof).not.toContain(trace);

    const after = await dumped();
    const lines = after.lines.map((line) => JSON.parse(line));
    for (const { index, leafHash } of JSON.parse(done.proof).log.leaves) {
      expect(lines.find((line) => line.index === index)).toEqual({ type: 'erased', index, leafHash });
    }
    expect(after.report.erased - before.report.erased).toBe(EVENTS);
    expect(before.report.events - after.report.events).toBe(EVENTS);
  });

  it.each<[string, (copy: any) => void]>([
    ['another time', (copy) => (copy.erasure.done_at = '2031-01-01T00:00:00.000Z')],
    ['another erasure', (copy) => (copy.erasure.id = 'ers_other')],
    ['another mark', (copy) => (copy.erasure.tombstone = Buffer.alloc(32).toString('base64'))],
    ['another count', (copy) => (copy.stores[0].rows = 999)],
    ['a store less', (copy) => copy.stores.pop()],
    ['another leaf', (copy) => (copy.log.leaves[0].index = 999_999)],
    ['a leaf less', (copy) => copy.log.leaves.shift()],
    ['another hash', (copy) => (copy.log.leaves[0].leafHash = copy.log.leaves[1].leafHash)],
    ['no signature', (copy) => (copy.signatures = [])],
    ['a field more', (copy) => (copy.note = 'more')],
  ])('does not hold with %s', async (name, change) => {
    const copy = JSON.parse(done.proof);
    change(copy);
    const file = save(`${name}.json`, JSON.stringify(copy));
    await expect(verifyFile(file, { keys: [], checkpoints: [] })).rejects.toThrow();
  });
});

describe('an erased person', () => {
  it('is brought back by no import', async () => {
    const count = (await contactsOf(business)).length;
    const optIns = [anOptIn(lived.contact), anOptIn('', { contact: { externalId: 'customer-0' } })];
    expect(await outcomesOfImport(business, optIns)).toEqual(['CONTACT_UNKNOWN', 'CONTACT_UNKNOWN']);
    await match(business, customersWith([lived.person.phone]));
    expect(await outcomesOfImport(business, [anOptIn(lived.contact)])).toEqual(['CONTACT_UNKNOWN']);
    expect(await contactsOf(business)).toHaveLength(count);
  });

  it('is brought back by no matching, and by no restored backup', async () => {
    const count = (await contactsOf(business)).length;
    const other = await aLivedInPerson(platform, business);
    const rows = async (table: string, key: string) =>
      platform.database.sql<{ row: object }>(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${key} = $1`, [
        other.personId,
      ]);
    const backup = new Map<string, object[]>();
    for (const [table, key] of RESTORED)
      backup.set(
        table,
        (await rows(table, key)).map(({ row }) => row),
      );
    await erased(platform, (await eraseMe(other.person)).token);
    for (const [table] of RESTORED) {
      for (const row of backup.get(table) ?? []) {
        await platform.database.sql(
          `INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`,
          [row],
        );
      }
      expect(backup.get(table)).toHaveLength(1);
    }

    await match(business, customersWith([lived.person.phone, other.person.phone]));
    expect(await contactsOf(business)).toHaveLength(count);
    // A proof of the number does not lead to the restored person either, and ends them again.
    const anew = await proveNumber(platform, other.person.phone);
    expect(anew.startedAnew).toBe(true);
    expect(await rows('person', 'id')).toEqual([]);
    await match(business, customersWith([lived.person.phone, other.person.phone]));
    expect(await contactsOf(business)).toHaveLength(count + 1);
  }, 30_000);

  it('who proves the number again is a new person, who has nothing', async () => {
    const anew = await proveNumber(platform, lived.person.phone);
    expect(anew.startedAnew).toBe(true);
    const mine = await platform
      .person(anew.token)
      .do('{ inbox { nodes { id } } devices { id } consentHistory { nodes { sequence } } }');
    expect(mine).toEqual({ inbox: { nodes: [] }, devices: [], consentHistory: { nodes: [] } });
    const count = (await contactsOf(business)).length;
    await match(business, customersWith([lived.person.phone]));
    expect(await contactsOf(business)).toHaveLength(count + 1);
  });
});

/** What a backup has of a person that a number leads to, and the column that says whose it is. */
const RESTORED = [
  ['person', 'id'],
  ['person_guard', 'person_id'],
  ['person_number', 'person_id'],
  ['number_directory', 'person_id'],
] as const;
