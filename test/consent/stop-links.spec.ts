import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConsentScope, StopLinks } from '@assent/consent';
import { AuthenticatePerson, type PersonViewer } from '@assent/people';
import { Configuration, KeyRing } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { reachablePeople, type Reachable, send } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

type Person = TestPerson & PersonViewer;

const KEYS = `1:${randomBytes(32).toString('base64')}`;
const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = 'application/x-www-form-urlencoded';
const DAY_MS = 86_400_000;

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({ ASSENT_KEYS: KEYS, PUBLIC_URL: 'https://assent.example.com/here/' });
  shop = await aBusiness(platform, { displayName: 'Söhne & "Töchter"' });
  business = platform.business(shop.apiKey);
});
afterAll(() => platform.stop());

async function somebody(): Promise<Person> {
  const person = await aPerson(platform);
  const authenticate = platform.app.get(AuthenticatePerson, { strict: false });
  const viewer = await authenticate.authenticate(`Bearer ${person.token}`);
  if (!viewer) throw new Error('A person who has just signed in is not known');
  return Object.assign(viewer, person);
}

async function shopId(): Promise<string> {
  const [row] = await platform.database.sql<{ id: string }>('SELECT id FROM business');
  return row?.id as string;
}

const tokenOf = (link: string) => link.split('/').at(-1) as string;
const tokenFor = (person: PersonViewer, scope: ConsentScope, issuedAt = new Date()) =>
  tokenOf(platform.app.get(StopLinks, { strict: false }).linkFor(person, scope, issuedAt));

const look = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${platform.url}/stop/${token}`, { headers });
const press = (
  token: string,
  body: string | FormData = ONE_CLICK,
  headers: Record<string, string> = { 'content-type': FORM },
) => fetch(`${platform.url}/stop/${token}`, { method: 'POST', body, headers });

async function ledgerOf({ api }: TestPerson): Promise<any[]> {
  const { consentHistory } = await api.do(
    '{ consentHistory { nodes { action source purpose business { displayName } } } }',
  );
  return consentHistory.nodes;
}
const noticesOf = async ({ api }: TestPerson) =>
  (await api.do('{ notices { nodes { text } } }')).notices.nodes;

describe('the link of a message', () => {
  it('stops that purpose of that business, and is confirmed in the app', async () => {
    const [{ person, contact }] = (await reachablePeople(platform, business, 1)) as [Reachable];
    await send(business, contact);
    const link = await until('the message is visible', async () => {
      const { inbox } = await person.api.do('{ inbox { nodes { stopLink } } }');
      return inbox.nodes[0]?.stopLink as string | undefined;
    });
    expect(link).toMatch(/^https:\/\/assent\.example\.com\/here\/stop\/[\w-]{94}$/);
    const token = tokenOf(link);

    const asking = await look(token);
    expect(asking.status).toBe(200);
    expect(await asking.text()).toContain('service messages');
    expect(await ledgerOf(person)).toEqual([]); // scanners and previews follow every link

    const stopped = await press(token);
    expect(stopped.status).toBe(200);
    expect(await stopped.text()).toContain('Stopped');
    expect(await ledgerOf(person)).toEqual([
      { action: 'STOP', source: 'link', purpose: 'SERVICE', business: { displayName: shop.displayName } },
    ]);
    expect(await send(business, contact)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    expect(await noticesOf(person)).toEqual([
      { text: `You stopped service messages from ${shop.displayName}. Only you can lift this, in your app.` },
    ]);
  });

  it('does nothing the second time, and stops again what was lifted in the app since', async () => {
    const person = await somebody();
    const token = tokenFor(person, { businessId: await shopId(), purpose: 'MARKETING' });
    for (let nr = 0; nr < 3; nr++) expect((await press(token)).status).toBe(200);
    expect([await ledgerOf(person), await noticesOf(person)].map(({ length }) => length)).toEqual([1, 1]);
    await person.api.do('mutation ($input: AllowInput!) { allow(input: $input) { eventId } }', {
      input: { business: shop.id, purpose: 'MARKETING' },
    });
    expect((await press(token)).status).toBe(200);
    expect((await ledgerOf(person)).map(({ action }) => action)).toEqual(['STOP', 'ALLOW', 'STOP']);
  });

  it('can stop everything of everybody, for carriers that want it', async () => {
    const person = await somebody();
    const token = tokenFor(person, { businessId: null, purpose: null });
    expect(await (await look(token)).text()).toContain('every business');
    await press(token);
    expect(await ledgerOf(person)).toMatchObject([{ action: 'STOP', purpose: null, business: null }]);
  });

  it('is confirmed once where it is pressed twenty times at a time', async () => {
    const person = await somebody();
    const token = tokenFor(person, { businessId: await shopId(), purpose: null });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await press(token)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await noticesOf(person)).toHaveLength(1);
  });
});

describe('a post that is no one-click stop stops nothing', () => {
  it.each([
    ['JSON', JSON.stringify({ 'List-Unsubscribe': 'One-Click' }), 'application/json', 415],
    ['plain text', ONE_CLICK, 'text/plain', 415],
    ['another form', 'List-Unsubscribe=Maybe', FORM, 400],
    ['a field given twice', `${ONE_CLICK}&${ONE_CLICK}`, FORM, 400],
    ['an empty form', '', FORM, 400],
    ['half a multipart form', '--x\r\n', 'multipart/form-data; boundary=x', 400],
  ])('%s', async (_, body, type, status) => {
    const person = await somebody();
    const token = tokenFor(person, { businessId: null, purpose: null });
    expect((await press(token, body, { 'content-type': type })).status).toBe(status);
    expect(await ledgerOf(person)).toEqual([]);
  });

  it('but one as multipart/form-data, as RFC 8058 prefers, does', async () => {
    const person = await somebody();
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    expect((await press(tokenFor(person, { businessId: null, purpose: 'ADS' }), form, {})).status).toBe(200);
    expect(await ledgerOf(person)).toMatchObject([{ purpose: 'ADS', source: 'link' }]);
    form.set('more', 'x'.repeat(5_000));
    expect((await press(tokenFor(person, { businessId: null, purpose: null }), form, {})).status).toBe(413);
  });
});

describe('nobody learns anything from a link', () => {
  it('that was changed, made up, or made with other keys: all are alike, and stop nothing', async () => {
    const person = await somebody();
    const scope = { businessId: await shopId(), purpose: null };
    const token = tokenFor(person, scope);
    const bytes = Buffer.from(token, 'base64url');
    const changed = [...bytes.keys()].map((at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    });
    const configuration = Configuration.parse({});
    const foreign = new StopLinks(KeyRing.parse(`1:${randomBytes(32).toString('base64')}`), configuration);
    const others = [
      'x',
      token.slice(1),
      `${token}A`,
      randomBytes(70).toString('base64url'),
      tokenOf(foreign.linkFor(person, scope, new Date())),
    ];
    const answers = new Set<string>();
    for (const wrong of [...changed, ...others]) {
      for (const answered of [await look(wrong), await press(wrong)]) {
        const headers = Object.fromEntries(answered.headers);
        delete headers['date'];
        answers.add(JSON.stringify([answered.status, headers, await answered.text()]));
      }
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^\[404,/);
    expect(await ledgerOf(person)).toEqual([]);
  });

  it('whose person stopped already, or is gone: it answers as for anybody', async () => {
    const [fresh, stopped, gone] = [await somebody(), await somebody(), await somebody()];
    const scope = { businessId: await shopId(), purpose: null };
    await press(tokenFor(stopped, scope));
    await erase(gone);
    const answers = new Set<string>();
    for (const person of [fresh, stopped, gone]) {
      const token = tokenFor(person, scope);
      for (const answered of [await look(token), await press(token), await press(token), await look(token)]) {
        const headers = Object.fromEntries(answered.headers);
        delete headers['date'];
        answers.add(JSON.stringify([answered.status, headers, await answered.text()]));
      }
    }
    expect(answers.size).toBe(2); // the question, and what follows the button
    const left = await platform.database.sql('SELECT FROM stop_intent WHERE person_id = $1', [gone.personId]);
    expect(left).toEqual([]);
    expect(platform.logs.join('')).not.toContain('without a guard row');
  });

  it('by its length or its bytes: two of the same stop share nothing', async () => {
    const person = await somebody();
    const at = new Date();
    const all = [
      tokenFor(person, { businessId: null, purpose: null }, at),
      tokenFor(person, { businessId: null, purpose: null }, at),
      tokenFor(person, { businessId: await shopId(), purpose: 'AUTHENTICATION' }, at),
    ];
    expect(all.map(({ length }) => length)).toEqual([94, 94, 94]);
    expect(new Set(all.map((token) => token.slice(2, 20))).size).toBe(3);
  });
});

describe('a link lives for 400 days', () => {
  it('and no longer', async () => {
    const person = await somebody();
    const scope = { businessId: null, purpose: null };
    const old = tokenFor(person, scope, new Date(Date.now() - 400 * DAY_MS));
    expect([(await look(old)).status, (await press(old)).status]).toEqual([404, 404]);
    expect(await ledgerOf(person)).toEqual([]);
    const young = tokenFor(person, scope, new Date(Date.now() - 400 * DAY_MS + 60_000));
    expect((await press(young)).status).toBe(200);
    expect(await ledgerOf(person)).toHaveLength(1);
  });

  it('also when the keys were changed meanwhile', () => {
    const configuration = Configuration.parse({});
    const person = { lane: 7, personId: '01929fa4-0000-7000-8000-000000000001' };
    const scope = { businessId: null, purpose: 'MARKETING' as const };
    const before = new StopLinks(KeyRing.parse(KEYS), configuration);
    const after = new StopLinks(
      KeyRing.parse(`${KEYS},2:${randomBytes(32).toString('base64')}`),
      configuration,
    );
    const issuedAt = new Date('2026-11-23T12:00:00.123Z');
    const read = after.read(tokenOf(before.linkFor(person, scope, issuedAt)));
    expect(read).toEqual({ person, scope, issuedAt });
    expect(after.read(tokenOf(after.linkFor(person, scope, issuedAt)))).toEqual(read);
  });
});

describe('the page', () => {
  it('needs nothing from elsewhere, runs no script, and can not be framed or kept', async () => {
    const answered = await look(
      tokenFor(await somebody(), { businessId: await shopId(), purpose: 'MARKETING' }),
    );
    expect(answered.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = answered.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/,
    );
    expect(answered.headers.get('cache-control')).toBe('no-store');
    expect(answered.headers.get('referrer-policy')).toBe('no-referrer');
    const html = await answered.text();
    expect(html).not.toMatch(/<script|<link|<img|https?:|\son\w+=/i);
    expect(html).toContain('Söhne &#38; &#34;Töchter&#34;'); // a name can not become markup
  });

  it.each([
    ['de', 'de-AT,de;q=0.9,en;q=0.8', 'Abbestellen'],
    ['es', 'es-MX', 'Dejar de recibir'],
    ['pt', 'it, pt-BR;q=0.5, en;q=0.4', 'Deixar de receber'],
    ['fr', 'fr', 'Ne plus recevoir'],
    ['en', 'ja, *;q=0.1', 'Stop'],
    ['en', 'de;q=0', 'Stop'],
    ['en', '', 'Stop'],
  ])('speaks %s to who asks for "%s"', async (language, accepted, button) => {
    const token = tokenFor(await somebody(), { businessId: null, purpose: null });
    const answered = await look(token, { 'accept-language': accepted });
    expect(answered.headers.get('content-language')).toBe(language);
    const html = await answered.text();
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`<button>${button}</button>`);
  });
});

/** Takes away all that there is of a person. */
async function erase({ personId }: PersonViewer): Promise<void> {
  for (const table of ['person_session', 'person_notice', 'person_number', 'person_guard'])
    await platform.database.sql(`DELETE FROM ${table} WHERE person_id = $1`, [personId]);
  await platform.database.sql('DELETE FROM number_directory WHERE person_id = $1', [personId]);
  await platform.database.sql('DELETE FROM person WHERE id = $1', [personId]);
}
