import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, anApiKey, anUnverifiedBusiness } from '../support/builders/accounts.js';
import {
  anOptIn,
  IMPORT_CONSENTS,
  importAll,
  outcomesOfImport,
  wordingHash,
} from '../support/builders/imports.js';
import { matchAll, type Reachable, reachablePeople, send } from '../support/builders/messaging.js';
import { publishPolicy } from '../support/builders/policy.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const DAY_MS = 86_400_000;

let platform: TestPlatform;
let business: GraphQLClient;
let other: GraphQLClient;
let businessId: string;

beforeAll(async () => {
  platform = await startPlatform({ PAIR_INTERVAL_MS: '1' }, { worker: false });
  const account = await aBusiness(platform);
  businessId = account.id;
  business = platform.business(account.apiKey);
  other = platform.business((await aBusiness(platform)).apiKey);
});
afterEach(async () => {
  await platform.database.sql('DELETE FROM consent_policy WHERE version > 1');
});
afterAll(() => platform.stop());

async function someone(): Promise<Reachable> {
  const [reachable] = await reachablePeople(platform, business, 1);
  if (!reachable) throw new Error('Nobody was matched');
  return reachable;
}
const marketing = (contact: string) => send(business, contact, { purpose: 'MARKETING' });
const one = async (item: Record<string, unknown>) => (await outcomesOfImport(business, [item]))[0];
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

describe('an imported opt-in', () => {
  it('counts, from when it was given, and stands in the ledger in the name of the business, with its evidence', async () => {
    const { person, contact } = await someone();
    expect((await marketing(contact)).reason).toBe('CONSENT_MISSING');
    const givenAt = ago(DAY_MS);
    const [result] = await importAll(business, [anOptIn(contact, { correlationId: 'c-1', givenAt })]);
    expect(result).toEqual({
      correlationId: 'c-1',
      outcome: 'IMPORTED',
      reason: null,
      message: null,
      replayed: false,
    });
    expect((await marketing(contact)).__typename).toBe('AcceptedMessage');
    const { consents, consentHistory } = await person.api.do(
      '{ consents { nodes { scope purpose standing since } } consentHistory { nodes { action actor source sequence evidence { kind givenAt wordingHash reference } } } }',
    );
    expect(consents.nodes).toEqual([
      { scope: 'BUSINESS_PURPOSE', purpose: 'MARKETING', standing: 'ALLOWED', since: givenAt },
    ]);
    expect(consentHistory.nodes).toEqual([
      {
        action: 'ALLOW',
        actor: 'BUSINESS',
        source: 'import',
        sequence: 1,
        evidence: {
          kind: 'DOUBLE_OPT_IN',
          givenAt,
          wordingHash: wordingHash(),
          reference: 'form-7',
        },
      },
    ]);
  });

  it('is told to the person, once', async () => {
    const { person, contact } = await someone();
    const givenAt = '2026-05-04T03:02:01.000Z';
    await importAll(business, [anOptIn(contact, { givenAt }), anOptIn(contact, { givenAt })]);
    await importAll(business, [anOptIn(contact, { purpose: 'ADS' }), anOptIn(contact)]);
    const { notices } = await person.api.do(`{ notices { nodes { text business { displayName }
      ... on ConsentImportedNotice { purpose evidence givenAt } } } }`);
    expect(notices.nodes).toHaveLength(2);
    const [ads, offers] = notices.nodes;
    expect(ads).toMatchObject({ purpose: 'ADS' });
    expect(offers).toMatchObject({ purpose: 'MARKETING', evidence: 'DOUBLE_OPT_IN', givenAt });
    expect(offers.text).toBe(
      `${offers.business.displayName} says that on 2026-05-04 you agreed to offers and news from it. If you did not, stop it in your app.`,
    );
  });

  it('names the contact by your own id as well', async () => {
    const { contact } = await someone(); // the only one that is customer-0 now
    expect(await one(anOptIn('', { contact: { externalId: 'customer-0' } }))).toBe('IMPORTED');
    expect(await one(anOptIn(contact))).toBe('ALREADY');
    expect(await one(anOptIn('', { contact: { externalId: 'nobody' } }))).toBe('CONTACT_UNKNOWN');
  });

  it('is one of several, each answered in order, also of one person', async () => {
    const [a, b] = await reachablePeople(platform, business, 2);
    const items = [
      anOptIn(a?.contact ?? ''),
      anOptIn('ctc_nobody'),
      anOptIn(a?.contact ?? ''),
      anOptIn(a?.contact ?? '', { purpose: 'ADS' }),
      anOptIn(b?.contact ?? '', { givenAt: new Date(Date.now() + DAY_MS).toISOString() }),
      anOptIn(b?.contact ?? '', { evidence: { kind: 'OTHER', wordingHash: wordingHash() } }),
      anOptIn(b?.contact ?? ''),
    ];
    expect(await outcomesOfImport(business, items)).toEqual([
      'IMPORTED',
      'CONTACT_UNKNOWN',
      'ALREADY',
      'IMPORTED',
      'GIVEN_IN_FUTURE',
      'EVIDENCE_NOT_ACCEPTED',
      'IMPORTED',
    ]);
    const history = await a?.person.api.do('{ consentHistory { nodes { sequence purpose } } }');
    expect(history?.consentHistory.nodes).toEqual([
      { sequence: 2, purpose: 'ADS' },
      { sequence: 1, purpose: 'MARKETING' },
    ]);
  });

  it('is over after the term of the policy', async () => {
    const { contact } = await someone();
    const rule = { purpose: 'MARKETING', basis: 'OPT_IN' as const, evidence: ['WEB_FORM'], validDays: 30 };
    await publishPolicy(platform.admin(), [{ country: 'DE', purposes: [rule] }]);
    const evidence = { kind: 'WEB_FORM', wordingHash: wordingHash() };
    expect(await one(anOptIn(contact, { evidence, givenAt: ago(30 * DAY_MS) }))).toBe('OPT_IN_EXPIRED');
    expect(await one(anOptIn(contact, { evidence, givenAt: ago(29 * DAY_MS) }))).toBe('IMPORTED');
  });

  it('is refused where the policy accepts no evidence', async () => {
    const { contact } = await someone();
    await publishPolicy(platform.admin(), []);
    await expect(one(anOptIn(contact))).resolves.toBe('EVIDENCE_NOT_ACCEPTED');
  });
});

describe('promise: a stop is the person’s alone', () => {
  it('stays after an import, whatever was stopped: import, stop, import again', async () => {
    for (const [stop, reason] of [
      ['stop(input: {})', 'CONSENT_STOPPED'],
      ['stop(input: { purpose: MARKETING })', 'CONSENT_STOPPED'],
      ['stop(input: { business: $b })', 'CONSENT_STOPPED'],
      ['stop(input: { business: $b, purpose: MARKETING })', 'CONSENT_STOPPED'],
      ['block(input: { business: $b })', 'CONTACT_BLOCKED'],
    ] as const) {
      const { person, contact } = await someone();
      expect(await one(anOptIn(contact))).toBe('IMPORTED');
      const needs = stop.includes('$b') ? 'mutation ($b: ID!)' : 'mutation';
      await person.api.do(`${needs} { ${stop} { eventId } }`, { b: businessId });
      expect(await one(anOptIn(contact))).toBe(reason);
      expect(await one(anOptIn(contact, { givenAt: ago(-0) }))).toBe(reason);
      expect((await marketing(contact)).__typename).toBe('RefusedMessage');
    }
  });

  it('counts from its intent on', async () => {
    const { contact } = await someone();
    await platform.database.sql(
      `INSERT INTO stop_intent (lane, person_id, id, business_id, subject, source, created_at)
       SELECT lane, person_id, gen_random_uuid(), NULL, 'EVERYTHING', 'app', assent_now() FROM contact
       WHERE external_id = 'customer-0'`,
    );
    expect(await one(anOptIn(contact))).toBe('CONSENT_STOPPED');
    await platform.database.sql('DELETE FROM stop_intent');
  });

  it('that was taken back leaves opt-ins from before it withdrawn', async () => {
    const { person, contact } = await someone();
    const before = ago(60_000);
    await person.api.do('mutation ($b: ID!) { block(input: { business: $b }) { eventId } }', {
      b: businessId,
    });
    await person.api.do('mutation ($b: ID!) { unblock(input: { business: $b }) { eventId } }', {
      b: businessId,
    });
    expect(await one(anOptIn(contact, { givenAt: before }))).toBe('CONSENT_STOPPED');
    const [row] = await platform.database.sql<{ now: Date }>('SELECT assent_now() AS now');
    expect(await one(anOptIn(contact, { givenAt: row?.now.toISOString() }))).toBe('IMPORTED');
  });
});

describe('a correlation id', () => {
  it('answers as the first time, for good, and does nothing more', async () => {
    const { person, contact } = await someone();
    const item = anOptIn(contact);
    const unknown = anOptIn('ctc_nobody');
    const first = await importAll(business, [item, unknown, item]);
    expect(first.map(({ outcome, replayed }) => [outcome, replayed])).toEqual([
      ['IMPORTED', false],
      ['REFUSED', false],
      ['IMPORTED', true],
    ]);
    await person.api.do('mutation { stop(input: { purpose: MARKETING }) { eventId } }');
    const again = await importAll(business, [item, unknown]);
    expect(again.map(({ outcome, reason, replayed }) => [reason ?? outcome, replayed])).toEqual([
      ['IMPORTED', true],
      ['CONTACT_UNKNOWN', true],
    ]);
    const { consentHistory } = await person.api.do('{ consentHistory { nodes { action } } }');
    expect(consentHistory.nodes.map(({ action }: { action: string }) => action)).toEqual(['STOP', 'ALLOW']);
  });

  it('is a conflict with another opt-in, in the same call and later', async () => {
    const { contact } = await someone();
    const item = anOptIn(contact);
    const changes = [{ purpose: 'ADS' }, { givenAt: ago(5) }, { contact: { id: 'ctc_nobody' } }];
    const others = changes.map((change) => ({ ...item, ...change }));
    expect(await outcomesOfImport(business, [item, ...others])).toEqual([
      'IMPORTED',
      ...changes.map(() => 'CORRELATION_CONFLICT'),
    ]);
    expect(await outcomesOfImport(business, others)).toEqual(changes.map(() => 'CORRELATION_CONFLICT'));
  });

  it('has one effect in calls that race', async () => {
    const people = await reachablePeople(platform, business, 20);
    const items = people.map(({ contact }) => anOptIn(contact));
    const racing = await Promise.all(
      Array.from({ length: 6 }, (_, at) => importAll(business, at % 2 ? items : [...items].reverse())),
    );
    const all = racing.flat();
    expect(all.every(({ outcome }) => outcome === 'IMPORTED')).toBe(true);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(20);
  });

  it('is a business’s own', async () => {
    const { person, contact } = await someone();
    const item = anOptIn(contact);
    expect(await one(item)).toBe('IMPORTED');
    // The other business does not know the contact by that handle, and its correlation ids are its own.
    expect(await outcomesOfImport(other, [item])).toEqual(['CONTACT_UNKNOWN']);
    const [same] = await matchAll(other, [person]);
    expect(await outcomesOfImport(other, [anOptIn(same?.contact ?? '')])).toEqual(['IMPORTED']);
    expect((await send(other, contact, { purpose: 'MARKETING' })).reason).toBe('CONTACT_UNKNOWN');
  });
});

describe('importConsents', () => {
  it.each([
    ['input.items[0].correlationId', { correlationId: '' }],
    ['input.items[0].evidence.wordingHash', { evidence: { kind: 'WEB_FORM', wordingHash: 'abc' } }],
    [
      'input.items[0].evidence.reference',
      { evidence: { kind: 'WEB_FORM', wordingHash: wordingHash(), reference: '+49 1512 3456789' } },
    ],
    [
      'input.items[0].evidence.reference',
      { evidence: { kind: 'WEB_FORM', wordingHash: wordingHash(), reference: '' } },
    ],
    ['input.items[0].givenAt', { givenAt: '1969-12-31T23:59:59Z' }],
  ])('names the field and its rule: %s', async (field, changes) => {
    const { errors } = await business.raw(IMPORT_CONSENTS, {
      input: { items: [anOptIn('ctc_x', changes)] },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_INPUT', faults: [{ field }] });
  });

  it('takes 1 to 10,000 items, and none for MATCHING', async () => {
    for (const items of [[], Array.from({ length: 10_001 }, () => anOptIn('ctc_x'))]) {
      const { errors } = await business.raw(IMPORT_CONSENTS, { input: { items } });
      expect(errors?.[0]?.extensions).toMatchObject({ faults: [{ field: 'input.items' }] });
    }
    const { errors } = await business.raw(IMPORT_CONSENTS, {
      input: { items: [anOptIn('ctc_x', { purpose: 'MATCHING' })] },
    });
    expect(errors?.[0]?.message).toContain('MATCHING');
  });

  it('needs a verified business and the scope consents:import', async () => {
    const unverified = await anUnverifiedBusiness(platform);
    const { importConsents } = await platform
      .business(unverified.token)
      .do(IMPORT_CONSENTS, { input: { items: [anOptIn('ctc_x')] } });
    expect(importConsents).toMatchObject({
      __typename: 'ImportingNotAllowed',
      reason: 'BUSINESS_NOT_VERIFIED',
    });
    const { token } = await aBusiness(platform);
    const { secret } = await anApiKey(platform, token, { scopes: ['messages:send'] });
    const { errors } = await platform
      .business(secret)
      .raw(IMPORT_CONSENTS, { input: { items: [anOptIn('x')] } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'consents:import' });
  });

  it('answers 3,000 opt-ins of one call, in several transactions, in their order', async () => {
    const items = Array.from({ length: 3_000 }, (_, at) => anOptIn(`ctc_${at}`));
    const results = await importAll(business, items);
    expect(results.map((one) => one.correlationId)).toEqual(items.map((one) => one['correlationId']));
  });
});
