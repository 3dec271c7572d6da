import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  change,
  consentsOf,
  type ConsentPlatform,
  startConsent,
  type TestBusiness,
} from './consent-platform.js';

let platform: ConsentPlatform;
let shop: TestBusiness;
let bank: TestBusiness;

beforeAll(async () => {
  platform = await startConsent();
  shop = await platform.aBusiness('Shop');
  bank = await platform.aBusiness('Bank');
});
afterAll(() => platform.stop());

const of = ({ publicId, name }: TestBusiness) => ({ id: publicId, displayName: name });

describe('a person who has said nothing', () => {
  it('is under the policy, and is told what it says', async () => {
    const person = await platform.aPerson();
    const { consentDefaults } = await person.api.do('{ consentDefaults { purpose basis policyVersion } }');
    expect(await consentsOf(person)).toEqual([]);
    expect(consentDefaults).toEqual([
      { purpose: 'AUTHENTICATION', basis: 'OPT_OUT', policyVersion: 1 },
      { purpose: 'SERVICE', basis: 'OPT_OUT', policyVersion: 1 },
      { purpose: 'MARKETING', basis: 'OPT_IN', policyVersion: 1 },
      { purpose: 'MATCHING', basis: 'OPT_OUT', policyVersion: 1 },
      { purpose: 'ADS', basis: 'OPT_IN', policyVersion: 1 },
      { purpose: 'ANALYTICS', basis: 'OPT_IN', policyVersion: 1 },
    ]);
    expect(await platform.verdicts(person, shop)).toMatchObject({
      SERVICE: 'NOT_STOPPED',
      MARKETING: 'NO_OPT_IN',
    });
  });
});

describe('the scopes of a stop', () => {
  it('everything: no business, no purpose', async () => {
    const person = await platform.aPerson();
    const { consent } = await change(person, 'stop');
    expect(consent).toMatchObject({
      scope: 'EVERYTHING',
      purpose: null,
      business: null,
      standing: 'STOPPED',
    });
    expect(new Set(Object.values(await platform.verdicts(person, shop)))).toEqual(
      new Set(['STOPPED_EVERYTHING']),
    );
  });

  it('a business: no purpose of it, and nothing of another', async () => {
    const person = await platform.aPerson();
    const { consent } = await change(person, 'stop', { business: shop.publicId });
    expect(consent).toMatchObject({
      scope: 'BUSINESS',
      purpose: null,
      business: of(shop),
      standing: 'STOPPED',
    });
    expect(new Set(Object.values(await platform.verdicts(person, shop)))).toEqual(
      new Set(['STOPPED_BUSINESS']),
    );
    expect(await platform.verdicts(person, bank)).toMatchObject({ SERVICE: 'NOT_STOPPED' });
  });

  it('a purpose: of every business, and no other purpose', async () => {
    const person = await platform.aPerson();
    const { consent } = await change(person, 'stop', { purpose: 'SERVICE' });
    expect(consent).toMatchObject({
      scope: 'PURPOSE',
      purpose: 'SERVICE',
      business: null,
      standing: 'STOPPED',
    });
    for (const business of [shop, bank]) {
      const verdicts = await platform.verdicts(person, business);
      expect(verdicts).toMatchObject({ SERVICE: 'STOPPED_PURPOSE', AUTHENTICATION: 'NOT_STOPPED' });
    }
  });

  it('a purpose of a business: that one only', async () => {
    const person = await platform.aPerson();
    const { consent } = await change(person, 'stop', { business: shop.publicId, purpose: 'SERVICE' });
    expect(consent).toMatchObject({ scope: 'BUSINESS_PURPOSE', purpose: 'SERVICE', business: of(shop) });
    expect(await platform.verdicts(person, shop)).toMatchObject({
      SERVICE: 'STOPPED_PURPOSE',
      AUTHENTICATION: 'NOT_STOPPED',
    });
    expect(await platform.verdicts(person, bank)).toMatchObject({ SERVICE: 'NOT_STOPPED' });
  });

  it('a block: all of a business', async () => {
    const person = await platform.aPerson();
    const { consent } = await change(person, 'block', { business: shop.publicId });
    expect(consent).toMatchObject({
      scope: 'BUSINESS',
      purpose: null,
      business: of(shop),
      standing: 'BLOCKED',
    });
    expect(new Set(Object.values(await platform.verdicts(person, shop)))).toEqual(new Set(['BLOCKED']));
    expect(await platform.verdicts(person, bank)).toMatchObject({ SERVICE: 'NOT_STOPPED' });
  });
});

describe('an allowance', () => {
  it('of a purpose is its opt-in, everywhere or for one business', async () => {
    const [person, other] = [await platform.aPerson(), await platform.aPerson()];
    const { consent } = await change(person, 'allow', { purpose: 'MARKETING' });
    expect(consent).toMatchObject({ scope: 'PURPOSE', purpose: 'MARKETING', standing: 'ALLOWED' });
    await change(other, 'allow', { business: shop.publicId, purpose: 'MARKETING' });
    const marketing = async (...of: Parameters<typeof platform.verdicts>) =>
      (await platform.verdicts(...of))['MARKETING'];
    expect(await marketing(person, bank)).toBe('ALLOWED');
    expect(await marketing(other, shop)).toBe('ALLOWED');
    expect(await marketing(other, bank)).toBe('NO_OPT_IN');
  });

  it('of everything, or of a business, only lifts the stop of that scope', async () => {
    const person = await platform.aPerson();
    await change(person, 'stop');
    await change(person, 'stop', { business: shop.publicId });
    const { consent } = await change(person, 'allow');
    expect(consent).toMatchObject({ scope: 'EVERYTHING', standing: 'LIFTED' });
    expect(await platform.verdicts(person, bank)).toMatchObject({
      SERVICE: 'NOT_STOPPED',
      MARKETING: 'NO_OPT_IN',
    });
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'STOPPED_BUSINESS' });
    await change(person, 'allow', { business: shop.publicId });
    expect(await platform.verdicts(person, shop)).toMatchObject({
      SERVICE: 'NOT_STOPPED',
      MARKETING: 'NO_OPT_IN',
    });
  });

  it('does not reach past a stop of another scope, even when it comes later', async () => {
    const person = await platform.aPerson();
    await change(person, 'stop', { purpose: 'MARKETING' });
    await change(person, 'allow', { business: shop.publicId, purpose: 'MARKETING' });
    expect(await platform.verdicts(person, shop)).toMatchObject({ MARKETING: 'STOPPED_PURPOSE' });
    await change(person, 'allow', { purpose: 'MARKETING' });
    expect(await platform.verdicts(person, shop)).toMatchObject({ MARKETING: 'ALLOWED' });
  });

  it('does not lift a block; unblocking does, and leaves stops as they were', async () => {
    const person = await platform.aPerson();
    await change(person, 'stop', { business: shop.publicId, purpose: 'SERVICE' });
    await change(person, 'block', { business: shop.publicId });
    await change(person, 'allow', { business: shop.publicId });
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'BLOCKED' });
    const { consent } = await change(person, 'unblock', { business: shop.publicId });
    expect(consent).toMatchObject({ scope: 'BUSINESS', standing: 'LIFTED', business: of(shop) });
    expect(await platform.verdicts(person, shop)).toMatchObject({
      SERVICE: 'STOPPED_PURPOSE',
      AUTHENTICATION: 'NOT_STOPPED',
    });
  });
});

describe('consents', () => {
  it('lists what stands, newest first, without what was lifted, a page at a time', async () => {
    const person = await platform.aPerson();
    await change(person, 'stop');
    await change(person, 'stop', { purpose: 'ADS' });
    await change(person, 'block', { business: shop.publicId });
    await change(person, 'block', { business: bank.publicId });
    await change(person, 'unblock', { business: bank.publicId });
    await change(person, 'allow', { business: bank.publicId, purpose: 'MARKETING' });
    await change(person, 'stop', { purpose: 'ADS' });

    const all = await consentsOf(person);
    expect(all.map(({ scope, standing, business }) => [scope, standing, business?.displayName])).toEqual([
      ['PURPOSE', 'STOPPED', undefined],
      ['BUSINESS_PURPOSE', 'ALLOWED', 'Bank'],
      ['BUSINESS', 'BLOCKED', 'Shop'],
      ['EVERYTHING', 'STOPPED', undefined],
    ]);

    const paged: string[] = [];
    let after: string | null = null;
    do {
      const { consents }: any = await person.api.do(
        'query ($after: String) { consents(first: 3, after: $after) { nodes { scope } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      paged.push(...consents.nodes.map(({ scope }: { scope: string }) => scope));
      after = consents.pageInfo.hasNextPage ? consents.pageInfo.endCursor : null;
    } while (after);
    expect(paged).toEqual(all.map(({ scope }) => scope));
  });

  it('shows each person their own', async () => {
    const [mine, theirs] = [await platform.aPerson(), await platform.aPerson()];
    await change(mine, 'stop');
    expect(await consentsOf(theirs)).toEqual([]);
    expect(await platform.verdicts(theirs, shop)).toMatchObject({ SERVICE: 'NOT_STOPPED' });
  });

  it.each(['consents', 'consentHistory'])('refuses a cursor that is none: %s', async (query) => {
    const person = await platform.aPerson();
    const { errors } = await person.api.raw(`{ ${query}(after: "nonsense") { pageInfo { hasNextPage } } }`);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: `${query}.after` }],
    });
  });
});

describe('a business that is none', () => {
  it.each(['biz_nonsense', 'ctc_00000000000000000000000000', 'biz_01jd00000072qzzzzzzzzzzzzz'])(
    'is refused: %s',
    async (business) => {
      const person = await platform.aPerson();
      for (const action of ['stop', 'allow', 'block', 'unblock'] as const) {
        await expect(change(person, action, { business })).rejects.toThrow(
          /input.business must be the id of a business/,
        );
      }
      expect((await person.api.do('{ consentHistory { nodes { id } } }'))['consentHistory'].nodes).toEqual(
        [],
      );
    },
  );
});

it('finds the facts of many people at once, each with their own', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => platform.aPerson()));
  await change(people[1]!, 'stop', { purpose: 'MATCHING' });
  await change(people[2]!, 'stop', { business: shop.publicId, purpose: 'MATCHING' });
  await change(people[3]!, 'block', { business: bank.publicId });
  const facts = await platform.facts(
    [...people, people[1]!].map(({ lane, personId }) => ({ lane, personId, businessId: shop.id })),
  );
  const stopped = facts.map(({ said }) => said.map(({ subject, businessId }) => [subject, businessId]));
  const everywhere = [['MATCHING', null]];
  expect(stopped).toEqual([[], everywhere, [['MATCHING', shop.id]], [], [], [], everywhere]);
});
