import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publicId, uuid7 } from '@assent/platform';
import { readKey } from '../../apps/verify/src/note.js';
import { checkReceipt } from '../../apps/verify/src/receipt.js';
import { change } from './consent-platform.js';
import { type LogPlatform, receiptOf, startLog } from './log-platform.js';

/** With a worker, as people meet it. */
let log: LogPlatform;
let shop: string;
let key: string;

beforeAll(async () => {
  log = await startLog({}, { worker: true });
  shop = uuid7(Date.now());
  await log.database.sql(
    `INSERT INTO business (id, display_name, country, created_at) VALUES ($1, 'Lindenbäum "Shop"', 'DE', now())`,
    [shop],
  );
  key = await log.key();
});
afterAll(() => log.platform.stop());

/** The receipt of a stop of one purpose of the shop. */
async function aReceipt() {
  const person = await log.aPerson();
  const { eventId } = await change(person, 'stop', { business: publicId('biz', shop), purpose: 'MARKETING' });
  return { person, eventId, receipt: await receiptOf(person, eventId) };
}

const objection = (document: string, keys = [key]) => {
  try {
    checkReceipt(document, keys.map(readKey));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a receipt', () => {
  it('of a stop is there at once, in the shape of ISO/IEC TS 27560, and verifies', async () => {
    const { person, eventId, receipt } = await aReceipt();
    expect(receipt).toMatchObject({ __typename: 'ConsentReceipt', eventId, sequence: 1 });
    const report = checkReceipt(receipt.document, [readKey(key)]);
    expect(report).toMatchObject({ leafIndex: receipt.leafIndex, origin: 'assent.invalid/consent-log' });
    expect(report.entry).toMatchObject({
      personId: person.personId,
      action: 'STOP',
      purpose: 'MARKETING',
      businessId: shop,
    });
    const { consent_record: told } = JSON.parse(receipt.document);
    expect(told).toEqual({
      schema_version: 'ISO/IEC TS 27560:2023',
      record_id: report.entry.id,
      pii_principal_id: person.personId,
      pii_processing: {
        privacy_notice: 'urn:assent:consent-policy:1',
        language: 'en',
        purposes: [
          {
            purpose: 'MARKETING',
            lawful_basis: 'OPT_IN',
            pii_information: [{ pii_type: 'contact handle', sensitive_pii_category: false }],
          },
        ],
        pii_controllers: [`urn:uuid:${shop}`],
        collection_method: 'app',
        withdrawal_method: 'stop, in the app, at any time; no reason needed',
      },
      party_identification: [
        {
          party_id: `urn:uuid:${shop}`,
          party_role: 'PII controller',
          party_name: 'Lindenbäum "Shop"',
          party_country: 'DE',
        },
        {
          party_id: 'assent.invalid/consent-log',
          party_role: 'PII processor',
          party_name: 'assent.invalid/consent-log',
          party_country: null,
        },
      ],
      event: {
        event_time: report.entry.at,
        event_type: 'STOP',
        event_state: 'WITHDRAWN',
        entity_id: 'PERSON',
        validity_duration: null,
      },
    });
    expect(receipt.document).not.toContain(person.phone.slice(1));
  });

  it('is given for every kind of change, and each verifies', async () => {
    const person = await log.aPerson();
    const business = publicId('biz', shop);
    const states: string[] = [];
    for (const [action, input] of [
      ['stop', {}],
      ['allow', {}],
      ['allow', { purpose: 'ADS' }],
      ['stop', { business }],
      ['block', { business }],
      ['unblock', { business }],
    ] as const) {
      const { eventId } = await change(person, action, input);
      const { document } = await receiptOf(person, eventId);
      expect(objection(document)).toBeUndefined();
      states.push(JSON.parse(document).consent_record.event.event_state);
    }
    expect(states).toEqual([
      'WITHDRAWN',
      'WITHDRAWAL_LIFTED',
      'GIVEN',
      'WITHDRAWN',
      'WITHDRAWN',
      'WITHDRAWAL_LIFTED',
    ]);
  });

  it('is for the person alone', async () => {
    const [{ eventId }, other] = [await aReceipt(), await log.aPerson()];
    for (const id of [eventId, 'evt_00000000000000000000000000', 'nothing']) {
      const { errors } = await other.api.raw(
        'query ($id: ID!) { consentReceipt(eventId: $id) { __typename } }',
        { id },
      );
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_INPUT',
        faults: [
          { field: 'consentReceipt.eventId', rule: 'must be the id of an entry of your consent ledger' },
        ],
      });
    }
  });

  it('is refused, with a time, where the log does not get there within 2 s', async () => {
    const without = await startLog();
    const person = await without.aPerson();
    const { eventId } = await change(person, 'stop');
    const began = performance.now();
    const [first, second] = await Promise.all([receiptOf(person, eventId), receiptOf(person, eventId)]);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(first).toMatchObject({ __typename: 'ConsentReceiptNotReady', reason: 'RECEIPT_NOT_READY' });
    const [{ now } = { now: new Date(0) }] = await without.database.sql<{ now: Date }>(
      'SELECT assent_now() AS now',
    );
    expect(Date.parse(second.retryAt)).toBe(now.getTime() + 2_000);
    await without.extend();
    expect(await receiptOf(person, eventId)).toMatchObject({ __typename: 'ConsentReceipt', leafIndex: 0 });
    await without.platform.stop();
  });

  it('shows each value of it that was changed', async () => {
    const { receipt } = await aReceipt();
    const sound = JSON.parse(receipt.document);
    let tried = 0;
    for (const path of pathsOf(sound)) {
      const forged = structuredClone(sound);
      const holder = path.slice(0, -1).reduce((part, name) => part[name], forged);
      const name = path.at(-1)!;
      const value = holder[name];
      holder[name] = typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : 'x';
      expect([path, objection(JSON.stringify(forged))]).toEqual([path, expect.stringMatching(/\w/)]);
      Reflect.deleteProperty(holder, name);
      expect([path, objection(JSON.stringify(forged))]).toEqual([path, expect.stringMatching(/\w/)]);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(35);
    const twice = receipt.document.replace('"seq": 1', '"seq": 2, "seq": 1');
    expect(objection(twice)).toBe('the receipt has a name twice in one object');
    // The same receipt, written otherwise, is the same receipt.
    expect(objection(JSON.stringify(sound))).toBeUndefined();
  });

  it('names the person and the entry, and what is wrong', async () => {
    const { person, receipt } = await aReceipt();
    const who = `person ${person.personId}, entry 1: `;
    const forge = (find: string | RegExp, put: string) => objection(receipt.document.replace(find, put));
    expect(forge('\\"action\\":\\"STOP\\"', '\\"action\\":\\"ALLOW\\"')).toContain(
      `${who}the record, its salt`,
    );
    expect(forge('"event_type": "STOP"', '"event_type": "ALLOW"')).toContain(
      `${who}the signature of the receipt by`,
    );
    expect(forge(/"leafIndex": \d+/, '"leafIndex": 999')).toContain(
      `${who}"log.inclusionProof" does not lead`,
    );
    const stranger = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(objection(receipt.document, [stranger])).toBe(
      `${who}the receipt and its checkpoint are not signed by a key that you trust`,
    );
  });
});

/** The paths of all values that are not objects or lists. */
function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return Object.entries(value).flatMap(([name, part]) => pathsOf(part).map((path) => [name, ...path]));
}
