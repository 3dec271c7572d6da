import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANSWERS, SEALED } from '../../apps/platform/src/sealed.js';
import { build } from '../processes/build.js';
import { Child } from '../processes/child.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { erased, eraseMe } from '../support/builders/erasure.js';
import {
  aMessage,
  reachablePeople,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import { note, notesOn } from '../support/builders/staff.js';
import { anEndpoint } from '../support/builders/webhooks.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const PEOPLE = 3;
const EACH = 40;
/** Rows in one step of the rotation that is not killed, so that there are several. */
const ROWS = 20;
const PATIENCE_MS = 400_000;
const [one, two, three] = [1, 2, 3].map((version) => `${version}:${randomBytes(32).toString('base64')}`);
const [FORMER, BOTH, NEW] = [`${one},${two}`, `${one},${two},${three}`, `${one},${three}`];

let platform: TestPlatform;
let shop: TestBusiness;
let people: Reachable[];

const run = (name: string, settings: Record<string, string>, ...args: string[]) =>
  Child.app(
    `platform/src/${name}`,
    { DATABASE_URL: platform.database.appUrl, ASSENT_KEYS: BOTH, DATA_DIRECTORY: '/nowhere', ...settings },
    args,
  );
/** Runs a command to its end. */
const ran = async (name: string, ...args: string[]) => {
  const child = run(name, {}, ...args);
  return { code: await child.exit(), said: child.output };
};
const at = (url: string) => ({
  business: new GraphQLClient(`${url}/business/graphql`, shop.apiKey),
  person: ({ person }: Reachable) => new GraphQLClient(`${url}/person/graphql`, person.token),
});

/** All that a server shows of what is sealed. */
async function readAll(url: string): Promise<unknown> {
  const { business, person } = at(url);
  const shown = await Promise.all(
    people.map(async (reachable) => {
      const own = await person(reachable).do(
        `query ($of: ID!) { me { phone } inbox(first: 50) { nodes { text } }
          conversation(business: $of, first: 100) { nodes { text } } reports(first: 5) { nodes { note } } }`,
        { of: shop.id },
      );
      return { own, notes: (await notesOn(business, reachable.contact)).nodes };
    }),
  );
  const customers = people.map(({ person: { phone } }, nr) => ({ externalId: `customer-${nr}`, phone }));
  const { matchContacts } = await business.do(
    `mutation ($input: MatchContactsInput!) { matchContacts(input: $input) {
      ... on MatchContactsPayload { results { externalId outcome } } } }`,
    { input: { customers } },
  );
  const { contacts } = await business.do('{ contacts(first: 10) { nodes { id externalId } } }');
  return { shown, matchContacts, contacts };
}

beforeAll(() => build(), 300_000);
beforeAll(async () => {
  platform = await startPlatform({ ASSENT_KEYS: FORMER, PAIR_BURST: '1000', PERSON_WRITE_BURST: '100' });
  shop = await aBusiness(platform);
  const business = platform.business(shop.apiKey);
  people = await reachablePeople(platform, business, PEOPLE);
  for (const { contact, person } of people) {
    await write(person.api, shop.id, 'Is it open on Sunday?');
    await note(business, contact, 'Asked about Sunday.');
    await sendAll(
      business,
      Array.from({ length: EACH }, (_, nr) => aMessage(contact, { text: `Number ${nr}` })),
    );
  }
  const [reader] = people;
  const { inbox } = await until('a message is there', async () => {
    const answer = await reader!.person.api.do('{ inbox(first: 1) { nodes { id } } }');
    return answer.inbox.nodes.length > 0 && answer;
  });
  await reader!.person.api.do(
    'mutation ($input: ReportMessageInput!) { reportMessage(input: $input) { __typename } }',
    { input: { message: inbox.nodes[0].id, kind: 'SPAM', note: 'Again and again.' } },
  );
  await anEndpoint(platform.business(shop.token), 'http://127.0.0.1:9/hook');
  await write(people[0]!.person.api, shop.id, 'Please do not send me any more of this advertising');
  await until('all are dispatched', async () => {
    const [row] = await platform.database.sql<{ left: number }>(
      'SELECT count(*)::int AS left FROM conversation_queue',
    );
    return row?.left === 0;
  });
}, PATIENCE_MS);
afterAll(() => platform.stop());

describe('the list of what is sealed', () => {
  it('has every column of bytes, but those that hold no sealed ones', async () => {
    const rows = await platform.database.sql<{ name: string }>(
      `SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c
        JOIN pg_class t ON t.relname = c.table_name AND NOT t.relispartition
        WHERE c.table_schema = 'public' AND c.data_type = 'bytea' ORDER BY 1`,
    );
    const known = new Set([...SEALED, ANSWERS].map(({ table, column }) => `${table}.${column}`));
    expect([...known].filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
    const other = rows.map(({ name }) => name).filter((name) => !known.has(name));
    // Hashes, MACs and salts, of which docs/keys.md says what becomes of them; and keys that are public.
    expect(
      other.filter(
        (name) => !/hash|mac|salt|index|mark|head|sha256|tombstone|public_key|subject|signature/.test(name),
      ),
    ).toEqual([]);
  });
});

describe('a rotation of keys', () => {
  let url = '';
  let before: unknown;
  let goesOn = true;
  const failed: unknown[] = [];
  let sent = 0;
  let serving: Promise<void> = Promise.resolve();

  /** Sends and reads all the time at the server that has all keys. */
  const serve = async () => {
    const { business, person } = at(url);
    for (const someone of Array.from({ length: 30 * PEOPLE }, (_, nr) => people[nr % PEOPLE]!)) {
      if (!goesOn) return;
      const result = await send(business, someone.contact, { text: `Meanwhile ${sent}` });
      if (!wasAccepted(result)) failed.push(result);
      sent += 1;
      await person(someone).do('{ inbox(first: 20) { nodes { text } } }');
    }
  };

  beforeAll(async () => {
    before = await readAll(platform.url);
    url = await platform.anotherServer(BOTH);
    serving = serve().catch((error: unknown) => void failed.push(error));
  }, PATIENCE_MS);

  it(
    'goes on where it was killed, while messages are sent and read',
    async () => {
      const killed = run('keys-rotate', {}, '--rows', '1');
      await killed.says(/message\.content: 10 looked at/);
      killed.signal('SIGKILL');
      expect(await killed.exit()).toBe('SIGKILL');
      const state = () =>
        platform.database.sql(
          `SELECT looked::int, done_at IS NOT NULL AS done FROM key_rotation WHERE place = 'message.content'`,
        );
      const [middle] = await state();
      expect(middle).toMatchObject({ done: false });
      expect(middle?.['looked']).toBeGreaterThanOrEqual(10);

      const { code, said } = await ran('keys-rotate', '--rows', String(ROWS));
      expect([code, said]).toEqual([0, expect.stringContaining('Version 3 is the newest')]);
      const [end] = await state();
      expect(end).toMatchObject({ done: true });
      // The second run looked only at what the first one had not.
      const last = [...said.matchAll(/message\.content: (\d+) looked at/g)].at(-1)?.[1];
      expect(Number(last)).toBeLessThanOrEqual(Number(end?.['looked']) - 10);
    },
    PATIENCE_MS,
  );

  it(
    'tells of bytes that do not open, leaves them, and lets their key not go',
    async () => {
      const of = `(lane, id) = (SELECT lane, id FROM message ORDER BY id LIMIT 1)`;
      const [row] = await platform.database.sql<{ content: Buffer }>(
        `SELECT content FROM message WHERE ${of}`,
      );
      // The planted fault: as if it had been sealed with version 2, and a bit had been lost.
      await platform.database.sql(`UPDATE message SET content = set_byte(content, 0, 2) WHERE ${of}`);
      const rotated = await ran('keys-rotate');
      expect(rotated.code).toBe(1);
      expect(rotated.said).toContain('1 rows do not open with the key that they name');
      const retired = await ran('keys-retire', '2', '--break-links');
      expect([retired.code, retired.said]).toEqual([
        1,
        expect.stringMatching(/in use still[^]*message\.content: 1/),
      ]);
      await platform.database.sql(`UPDATE message SET content = $1 WHERE ${of}`, [row?.content]);
    },
    PATIENCE_MS,
  );

  it(
    'lets the former key go once nothing is left under it, and links that were made with it have ended',
    async () => {
      goesOn = false;
      await serving;
      expect(failed).toEqual([]);
      expect(sent).toBeGreaterThan(0);
      // Rows that somebody held were left to a later pass.
      await until(
        'nothing that can be sealed anew is left',
        async () => {
          const { said } = await ran('keys-rotate');
          const [, former = ''] = said.split('Version 2:');
          return !/^ {2}(?!keyed_answer|links|nothing)/m.test(former.split('Version 1:')[0] ?? '');
        },
        PATIENCE_MS / 4,
      );
      // Their 7 days have passed.
      await platform.database.sql('DELETE FROM keyed_answer');
      const without = run('keys-status', { ASSENT_KEYS: NEW });
      expect(await without.exit()).toBe(78);
      expect(without.output).toMatch(/version 2 is another key or missing[^]*keys:retire/);

      const early = await ran('keys-retire', '2');
      expect([early.code, early.said]).toEqual([1, expect.stringContaining('Links that stop something')]);
      expect((await ran('keys-retire', '1')).said).toContain('Version 1 is kept for good');
      expect((await ran('keys-retire', '3')).said).toContain('Version 3 is the newest');
      const retired = await ran('keys-retire', '2', '--break-links');
      expect([retired.code, retired.said]).toEqual([
        0,
        expect.stringContaining('Version 2 is in use no more'),
      ]);
    },
    PATIENCE_MS,
  );

  it(
    'leaves everything readable, and everybody found, without the former key',
    async () => {
      const fresh = await platform.anotherServer(NEW);
      const after = JSON.parse(JSON.stringify(await readAll(fresh)));
      const older = JSON.parse(JSON.stringify(before));
      for (const all of [after, older]) {
        for (const { own } of all.shown) {
          for (const list of [own.inbox, own.conversation]) {
            list.nodes = list.nodes.filter(({ text }: { text: string }) => !text.startsWith('Meanwhile'));
          }
          delete own.inbox;
        }
      }
      expect(after).toEqual(older);
      const { business } = at(fresh);
      expect(wasAccepted(await send(business, people[1]!.contact))).toBe(true);
      // An erased person's number is opened for the tombstone, and found in the directory.
      const { person } = people[2]!;
      const receipt = await eraseMe({
        ...person,
        api: new GraphQLClient(`${fresh}/person/graphql`, person.token),
      });
      await erased(platform, receipt.token);
      const [left] = await platform.database.sql('SELECT count(*)::int AS count FROM number_directory');
      expect(left?.['count']).toBe(PEOPLE - 1);
    },
    PATIENCE_MS,
  );
});
