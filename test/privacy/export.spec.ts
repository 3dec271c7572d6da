import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { change } from '../consent/consent-platform.js';
import { aBusiness } from '../support/builders/accounts.js';
import { matchAll, type Reachable, send } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import { setPreferences } from '../support/builders/preferences.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { check, exported, fetchFrom, read, ready, records, request, unpacked } from './exports.js';

const DAY_MS = 24 * 60 * 60_000;

let platform: TestPlatform;
let shop: GraphQLClient;
let shopName: string;
let key: string;
let ada: Reachable;
let bob: Reachable;

beforeAll(async () => {
  platform = await startPlatform();
  const business = await aBusiness(platform);
  shop = platform.business(business.apiKey);
  shopName = business.displayName;
  key = (await (await fetchFrom(platform, '/consent-log/key')).text()).trim();
  [ada, bob] = (await matchAll(shop, [await aPerson(platform), await aPerson(platform)])) as [
    Reachable,
    Reachable,
  ];
});
afterAll(() => platform.stop());

const visible = (reachable: Reachable, count: number) =>
  until(`${count} messages are visible`, async () => {
    const { inbox } = await reachable.person.api.do('{ inbox { nodes { id } } }');
    return inbox.nodes.length >= count;
  });

/** As if the platform's clock had gone on since this person's exports were asked for. */
const passed = (milliseconds: number) =>
  platform.database.sql(
    `UPDATE export_job SET requested_at = requested_at - $1 * interval '1 ms',
    expires_at = expires_at - $1 * interval '1 ms'`,
    [milliseconds],
  );

describe('an export', () => {
  it('holds everything about the person and nothing of anybody else, and verifies', async () => {
    const { person } = ada;
    await send(shop, ada.contact, { text: 'Your parcel is here.' });
    await send(shop, bob.contact, { text: 'A secret of Bob.' });
    await visible(ada, 1);
    await visible(bob, 1);
    await setPreferences(person.api, {
      timeZone: 'Europe/Berlin',
      quietHours: { from: '20:00', to: '09:30' },
      marketingCap: 1,
    });
    await change(person, 'stop', { purpose: 'MARKETING' });
    const { eventId } = await change(person, 'allow', { purpose: 'ADS' });
    await until('the log covers it', async () => {
      const { consentReceipt } = await person.api.do(
        'query ($id: ID!) { consentReceipt(eventId: $id) { __typename } }',
        { id: eventId },
      );
      return consentReceipt.__typename === 'ConsentReceipt';
    });
    await person.api.do(
      'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { __typename } }',
      {
        input: { name: 'Phone', publicKey: Buffer.alloc(32, 9).toString('base64') },
      },
    );

    const archive = await exported(platform, person);
    const report = await check(archive, key);
    expect(report).toMatchObject({ entries: 2, receipts: 2, origin: 'assent.invalid/consent-log' });
    const files = await unpacked(archive);
    expect([...files.keys()]).toEqual([
      'README.txt',
      'profile.json',
      'devices.jsonl',
      'sessions.jsonl',
      'consents.jsonl',
      'consent-ledger.jsonl',
      'receipts/000001.json',
      'receipts/000002.json',
      'contacts.jsonl',
      'preferences.json',
      'messages.jsonl',
      'manifest.json',
      'manifest.sig',
    ]);
    expect(JSON.parse(String(files.get('profile.json')))).toMatchObject({
      personId: report.personId,
      phone: person.phone,
      country: 'DE',
    });
    expect(JSON.parse(String(files.get('preferences.json')))).toEqual({
      timeZone: 'Europe/Berlin',
      quietHours: { from: '20:00', to: '09:30' },
      marketingCap: 1,
      weeklyMarketingCap: null,
      interruptionCap: null,
      pausedUntil: null,
      smsFallback: false,
    });
    expect(records(files, 'devices.jsonl')).toMatchObject([{ name: 'Phone' }]);
    expect(records(files, 'sessions.jsonl')).toHaveLength(1);
    expect(records(files, 'consents.jsonl')).toMatchObject([
      { subject: 'ADS', standing: 'ALLOWED', business: null },
      { subject: 'MARKETING', standing: 'STOPPED' },
    ]);
    expect(records(files, 'consent-ledger.jsonl')).toMatchObject([
      { record: { seq: 1, action: 'STOP', purpose: 'MARKETING' }, previousHash: null },
      { record: { seq: 2, action: 'ALLOW', purpose: 'ADS' } },
    ]);
    expect(records(files, 'contacts.jsonl')).toMatchObject([
      { businessName: shopName, externalId: 'customer-0' },
    ]);
    expect(records(files, 'messages.jsonl')).toMatchObject([
      { businessName: shopName, direction: 'OUTBOUND', purpose: 'SERVICE', text: 'Your parcel is here.' },
    ]);

    const everything = [...files.values()].map(String).join('\n');
    expect(everything).not.toContain(person.token);
    expect(everything).not.toContain(bob.person.phone.slice(1));
    expect(everything).not.toContain('A secret of Bob.');
  });

  it('of somebody with nothing but a number is small and verifies too', async () => {
    const report = await check(await exported(platform, await aPerson(platform)), key);
    expect(report).toMatchObject({ entries: 0, receipts: 0, files: 3 });
  });
});

describe('the tables that know a person', () => {
  it('are all in exports, or left out for a reason', async () => {
    const rows = await platform.database.sql<{
      name: string;
    }>(`SELECT DISTINCT c.relname AS name FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'person_id'
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition`);
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(EXPORTED).sort());
  });
});

/** Where in an export a table is, or why it is in none. */
const EXPORTED = {
  consent_alarm: 'about the platform: that its own records do not fit',
  consent_event: 'consent-ledger.jsonl, receipts/',
  consent_log_position: 'consent-ledger.jsonl (leafIndex)',
  consent_log_queue: 'in consent-ledger.jsonl already; waits for its leaf, about a second',
  consent_state: 'consents.jsonl',
  contact: 'contacts.jsonl',
  conversation_queue: 'messages that are still queued are in messages.jsonl',
  device: 'devices.jsonl',
  erasure: 'whoever is erased has no export',
  export_chunk: 'an export',
  export_job: 'an export',
  hand_off: 'hand-offs.jsonl',
  inbox_entry: 'the order of what is in messages.jsonl',
  marketing_seen: 'a count over messages.jsonl',
  media: 'media.jsonl',
  media_use: 'media.jsonl',
  message: 'messages.jsonl',
  message_wait: 'messages that wait are in messages.jsonl',
  number_directory: 'profile.json (phone); what is held here is a keyed hash of it',
  person_guard: 'counters over what is exported',
  person_notice: 'notices.jsonl',
  person_number: 'profile.json',
  person_preference: 'preferences.json',
  person_session: 'sessions.jsonl',
  quality_signal: 'reactions.jsonl',
  reaction: 'messages.jsonl (reactions)',
  report: 'reports.jsonl',
  stop_intent: 'consents.jsonl',
  stop_review: 'stop-questions.jsonl',
};

describe('asking for an export', () => {
  it('answers with the one under way, and with its hash and size once it is ready', async () => {
    const person = await aPerson(platform);
    const answers = await Promise.all(Array.from({ length: 6 }, () => request(person)));
    const ids = new Set(answers.map((answer) => answer.export.id));
    expect(ids.size).toBe(1);
    const made = await ready(person, answers[0].export.id);
    expect(made).toMatchObject({ progress: 1, downloadPath: `/person/exports/${made.id}` });
    const answer = await fetchFrom(platform, made.downloadPath, person.token);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(made.size);
    const { notices } = await person.api.do(
      '{ notices { nodes { text ... on ExportReadyNotice { exportId expiresAt } } } }',
    );
    expect(notices.nodes).toEqual([
      { text: expect.stringContaining('7 days'), exportId: made.id, expiresAt: made.expiresAt },
    ]);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': String(made.size),
      'content-disposition': expect.stringMatching(
        /^attachment; filename="assent-export-\d{4}-\d\d-\d\d\.zip"$/,
      ),
      'cache-control': 'private, no-store',
    });
  });

  it('is refused within 24 hours of the last one, and passes at retryAt', async () => {
    const person = await aPerson(platform);
    const first = await ready(person, (await request(person)).export.id);
    const refused = await request(person);
    expect(refused).toMatchObject({ __typename: 'ExportTooSoon', reason: 'EXPORT_TOO_SOON' });
    expect(Date.parse(refused.retryAt)).toBe(Date.parse(first.requestedAt) + DAY_MS);
    await passed(DAY_MS);
    const second = await request(person);
    expect(second).toMatchObject({ __typename: 'ExportMyDataPayload' });
    await ready(person, second.export.id);
    const { exports } = await person.api.do('{ exports { nodes { id status } } }');
    expect(exports.nodes.map(({ id }: { id: string }) => id)).toEqual([second.export.id, first.id]);
  });
});

describe('fetching an export', () => {
  it('is for its person alone: unknown, foreign and expired ones are 404 alike', async () => {
    const [person, other] = [await aPerson(platform), await aPerson(platform)];
    const { id, downloadPath } = await ready(person, (await request(person)).export.id);
    const asked = async (path: string, token?: string) => {
      const answer = await fetchFrom(platform, path, token);
      return [answer.status, (await answer.text()).replaceAll(path, '')];
    };
    const unknown = await asked('/person/exports/exp_00000000000000000000000000', person.token);
    expect(unknown[0]).toBe(404);
    expect(await asked(downloadPath, other.token)).toEqual(unknown);
    expect(await asked('/person/exports/nothing', person.token)).toEqual(unknown);
    expect((await asked(downloadPath))[0]).toBe(401);
    expect((await asked(downloadPath, `${person.token}x`))[0]).toBe(401);
    expect(await read(other, id)).toBeNull();
    expect((await asked(downloadPath, person.token))[0]).toBe(200);

    await passed(7 * DAY_MS);
    expect(await asked(downloadPath, person.token)).toEqual(unknown);
    expect(await read(person, id)).toBeNull();
  });
});
