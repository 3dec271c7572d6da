import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthenticatePerson, type PersonViewer } from '@assent/people';
import { Handles, parsePublicId } from '@assent/platform';
import { checkContactReceipt } from '../../apps/verify/src/contact-receipt.js';
import { readKey } from '../../apps/verify/src/note.js';
import { verifyFile } from '../../apps/verify/src/verify.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { matchAll } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

interface Shop extends TestBusiness {
  api: GraphQLClient;
}
/** A person whom both businesses know. */
type Known = TestPerson & PersonViewer & { contacts: [string, string] };

let platform: TestPlatform;
let one: Shop;
let other: Shop;
let key: string;

beforeAll(async () => {
  platform = await startPlatform();
  const shop = async (): Promise<Shop> => {
    const business = await aBusiness(platform);
    return { ...business, api: platform.business(business.apiKey) };
  };
  [one, other] = [await shop(), await shop()];
  key = (await (await fetch(`${platform.url}/consent-log/key`)).text()).trim();
});
afterAll(() => platform.stop());

async function somebody(): Promise<Known> {
  const person = await aPerson(platform);
  const viewer = await platform.app
    .get(AuthenticatePerson, { strict: false })
    .authenticate(`Bearer ${person.token}`);
  if (!viewer) throw new Error('A person who has just signed in is not known');
  const contactOf = async ({ api }: Shop) => (await matchAll(api, [person]))[0]?.contact as string;
  return Object.assign(viewer, person, {
    contacts: [await contactOf(one), await contactOf(other)] as [string, string],
  });
}

const does = ({ api }: TestPerson, action: string, input: Record<string, unknown>) => {
  const type = `${action.charAt(0).toUpperCase()}${action.slice(1)}Input`;
  return api.do(`mutation ($input: ${type}!) { ${action}(input: $input) { eventId } }`, { input });
};

const HISTORY = `consentHistory(first: $first, after: $after) {
  nodes { id at action purpose actor source policyVersion evidence { kind } } pageInfo { hasNextPage endCursor } }`;

async function historyOf({ api }: Shop, id: string, first = 100, after: string | null = null) {
  const { contact } = await api.do(
    `query ($id: ID!, $first: Int!, $after: String) { contact(by: { id: $id }) { ${HISTORY} } }`,
    { id, first, after },
  );
  return contact.consentHistory as {
    nodes: any[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const receipt = ({ api }: Shop, contact: string, eventId: string) =>
  api.raw(
    `query ($contact: ID!, $eventId: ID!) { contactConsentReceipt(contact: $contact, eventId: $eventId) {
      __typename ... on ContactConsentReceipt { eventId leafIndex document } ... on Refusal { reason retryAt } } }`,
    { contact, eventId },
  );
const faultOf = async (answer: ReturnType<typeof receipt>) =>
  (await answer).errors?.[0]?.extensions.faults?.[0]?.field;

/** A person who stops marketing of both businesses, and the receipt that the first one has of it. */
async function aReceipt() {
  const person = await somebody();
  await does(person, 'stop', { business: other.id, purpose: 'MARKETING' });
  const { stop } = await does(person, 'stop', { business: one.id, purpose: 'MARKETING' });
  const [event] = (await historyOf(one, person.contacts[0])).nodes;
  const { data } = await receipt(one, person.contacts[0], event.id);
  return { person, event, issued: data.contactConsentReceipt, personsEvent: stop.eventId as string };
}

describe('what a business sees of a contact’s ledger', () => {
  it('is what was said to it, and nothing that was said to others or to everybody', async () => {
    const person = await somebody();
    await does(person, 'allow', { business: one.id, purpose: 'MARKETING' });
    await does(person, 'stop', { purpose: 'ADS' });
    await does(person, 'stop', { business: other.id });
    await does(person, 'block', { business: one.id });
    await does(person, 'stop', {});
    const { nodes } = await historyOf(one, person.contacts[0]);
    expect(nodes).toEqual(
      [
        { action: 'BLOCK', purpose: null },
        { action: 'ALLOW', purpose: 'MARKETING' },
      ].map((event) => ({
        id: expect.stringMatching(/^evt_/),
        at: expect.any(String),
        actor: 'PERSON',
        source: 'app',
        policyVersion: 1,
        evidence: null,
        ...event,
      })),
    );
    expect((await historyOf(other, person.contacts[1])).nodes.map(({ action }) => action)).toEqual(['STOP']);
  });

  it('is read page by page, of several contacts in one operation', async () => {
    const [person, another] = [await somebody(), await somebody()];
    for (const purpose of ['MARKETING', 'ADS', 'SERVICE', 'ANALYTICS', 'MATCHING'])
      await does(person, 'stop', { business: one.id, purpose });
    await does(another, 'stop', { business: one.id, purpose: 'ADS' });
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo }: Awaited<ReturnType<typeof historyOf>> = await historyOf(
        one,
        person.contacts[0],
        2,
        after,
      );
      seen.push(...nodes.map(({ purpose }) => purpose as string));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(['MATCHING', 'ANALYTICS', 'SERVICE', 'ADS', 'MARKETING']);
    const both = await one.api.do(
      `query ($a: ID!, $b: ID!) {
        a: contact(by: { id: $a }) { consentHistory(first: 1) { nodes { purpose } } }
        b: contact(by: { id: $b }) { consentHistory(first: 3) { nodes { purpose } } }
        c: contact(by: { id: $a }) { consentHistory(first: 3) { nodes { purpose } } }
      }`,
      { a: person.contacts[0], b: another.contacts[0] },
    );
    expect([both.a, both.b, both.c].map(({ consentHistory }) => consentHistory.nodes.length)).toEqual([
      1, 1, 3,
    ]);
    const { errors } = await one.api.raw(
      'query ($id: ID!) { contact(by: { id: $id }) { consentHistory(after: "5") { nodes { id } } } }',
      { id: person.contacts[0] },
    );
    expect(errors?.[0]?.extensions.faults?.[0]?.field).toBe('consentHistory.after');
  });
});

describe('a business’s receipt', () => {
  it('holds, and leads to the very leaf that the person’s own receipt opens', async () => {
    const { person, event, issued, personsEvent } = await aReceipt();
    expect(issued).toMatchObject({ __typename: 'ContactConsentReceipt', eventId: event.id });
    expect(checkContactReceipt(issued.document, [readKey(key)])).toMatchObject({
      action: 'STOP',
      at: event.at,
      contact: person.contacts[0],
      event: event.id,
      leafIndex: issued.leafIndex,
    });
    const { consentReceipt } = await person.api.do(
      'query ($id: ID!) { consentReceipt(eventId: $id) { ... on ConsentReceipt { leafIndex } } }',
      { id: personsEvent },
    );
    expect(consentReceipt.leafIndex).toBe(issued.leafIndex);
  });

  it('is told from other files, however it is written', async () => {
    const { issued } = await aReceipt();
    const folder = mkdtempSync(join(tmpdir(), 'assent-receipt-'));
    const file = join(folder, 'receipt.json');
    try {
      for (const text of [issued.document, JSON.stringify(JSON.parse(issued.document))]) {
        writeFileSync(file, text);
        expect(await verifyFile(file, { keys: [readKey(key)], checkpoints: [] })).toMatchObject({
          kind: 'contact receipt',
          action: 'STOP',
        });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has nothing by which two businesses could tell that they know the same person', async () => {
    const { person, issued } = await aReceipt();
    const [theirs] = (await historyOf(other, person.contacts[1])).nodes;
    const { data } = await receipt(other, person.contacts[1], theirs.id);
    const documents = [issued.document, data.contactConsentReceipt.document] as [string, string];
    const [row] = await platform.database.sql<{ id: string; salt: Buffer; hash: Buffer }>(
      'SELECT id, salt, hash FROM consent_event WHERE person_id = $1 ORDER BY seq LIMIT 1',
      [person.personId],
    );
    for (const document of documents) {
      expect(document).not.toContain(person.personId);
      expect(document).not.toContain(row?.id);
      expect(document).not.toContain(row?.salt.toString('base64'));
      expect(document).not.toContain(row?.hash.toString('base64'));
      expect(document).not.toContain(person.phone.slice(3));
      expect(JSON.parse(document)).not.toHaveProperty('ledger');
    }
    const [mine, other2] = documents.map((document) => JSON.parse(document).consent_record);
    expect(mine.pii_principal_id).not.toBe(other2.pii_principal_id);
    expect(mine.record_id).not.toBe(other2.record_id);
  });

  it('does not hold where anything in it was changed, or without the log’s key', async () => {
    const { issued } = await aReceipt();
    const sound = JSON.parse(issued.document);
    const changes: ((receipt: any) => void)[] = [
      (changed) => (changed.consent_record.event.event_type = 'ALLOW'),
      (changed) => (changed.consent_record.pii_principal_id = 'ctc_other'),
      (changed) => (changed.evidence = { kind: 'PAPER_FORM' }),
      (changed) => (changed.log.leafIndex = 0),
      (changed) => (changed.log.leafHash = Buffer.alloc(32).toString('base64')),
      (changed) => (changed.signatures = []),
      (changed) => (changed.more = 1),
    ];
    for (const change of changes) {
      const changed = structuredClone(sound);
      change(changed);
      expect(() => checkContactReceipt(JSON.stringify(changed), [readKey(key)])).toThrow();
    }
    const foreign = await startPlatform({}, { worker: false });
    try {
      const theirs = (await (await fetch(`${foreign.url}/consent-log/key`)).text()).trim();
      expect(() => checkContactReceipt(issued.document, [readKey(theirs)])).toThrow(/not signed by a key/);
    } finally {
      await foreign.stop();
    }
  });

  it('is given of no other business’s contact or event, nor of what was said to everybody', async () => {
    const [person, another] = [await somebody(), await somebody()];
    await does(person, 'stop', { business: other.id });
    await does(person, 'stop', {});
    await does(person, 'stop', { business: one.id });
    await does(another, 'stop', { business: one.id });
    const [mine] = (await historyOf(one, person.contacts[0])).nodes;
    const [theirs] = (await historyOf(other, person.contacts[1])).nodes;
    const [anothers] = (await historyOf(one, another.contacts[0])).nodes;
    expect(await faultOf(receipt(one, person.contacts[1], theirs.id))).toBe('contactConsentReceipt.contact');
    expect(await faultOf(receipt(other, person.contacts[0], mine.id))).toBe('contactConsentReceipt.contact');
    expect(await faultOf(receipt(one, person.contacts[0], theirs.id))).toBe('contactConsentReceipt.eventId');
    expect(await faultOf(receipt(one, person.contacts[0], anothers.id))).toBe(
      'contactConsentReceipt.eventId',
    );
    // Even with a handle that names it, which no business is ever given.
    const oneId = parsePublicId('biz', one.id) as string;
    const events = await platform.database.sql<{ id: string }>(
      'SELECT id FROM consent_event WHERE person_id = $1 AND business_id IS DISTINCT FROM $2',
      [person.personId, oneId],
    );
    expect(events).toHaveLength(2);
    for (const { id } of events) {
      const forged = platform.app.get(Handles, { strict: false }).seal(`business:${oneId}`, 'evt', id);
      expect(await faultOf(receipt(one, person.contacts[0], forged))).toBe('contactConsentReceipt.eventId');
    }
    expect((await receipt(one, person.contacts[0], mine.id)).data).toBeTruthy();
  });

  it('needs the permission to read contacts', async () => {
    const { errors } = await platform
      .business()
      .raw('{ contactConsentReceipt(contact: "ctc_x", eventId: "evt_x") { __typename } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
