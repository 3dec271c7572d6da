import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness, anUnverifiedBusiness, type TestBusiness } from '../support/builders/accounts.js';
import {
  contactBy,
  contactsOf,
  customersWith,
  match,
  MATCH_CONTACTS,
  outcomesOf,
  type TestCustomer,
} from '../support/builders/matching.js';
import { aPerson, aPhone, type TestPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

describe('matching', () => {
  let platform: TestPlatform;
  let account: TestBusiness;
  let business: GraphQLClient;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    account = await aBusiness(platform);
    business = platform.business(account.apiKey);
  });

  const asCustomer = ({ phone }: TestPerson, externalId: string): TestCustomer => ({ externalId, phone });
  const externalIds = async () => (await contactsOf(business)).map(({ externalId }) => externalId);

  it('answers for each customer in order', async () => {
    const phone = aPhone();
    const list = [
      { externalId: 'a', phone },
      { externalId: 'b', phone: 'n/a' },
      { externalId: 'c', phone: phone.replace('+49', '0049 (0) ') },
      { externalId: 'a', phone: aPhone() },
      { externalId: 'd', phone: aPhone() },
      { externalId: 'e', phone: '' },
    ];
    expect((await match(business, list)).results).toEqual([
      { externalId: 'a', outcome: 'ACCEPTED' },
      { externalId: 'b', outcome: 'INVALID_NUMBER' },
      { externalId: 'c', outcome: 'DUPLICATE' },
      { externalId: 'a', outcome: 'DUPLICATE' },
      { externalId: 'd', outcome: 'ACCEPTED' },
      { externalId: 'e', outcome: 'INVALID_NUMBER' },
    ]);
  });

  it('reads national numbers by the country of the customer, or else of the call', async () => {
    const person = await aPerson(platform);
    const national = person.phone.replace('+49', '0');
    expect(await outcomesOf(business, [{ externalId: 'a', phone: national }])).toEqual(['INVALID_NUMBER']);
    expect(await outcomesOf(business, [{ externalId: 'a', phone: national }], 'DE')).toEqual(['ACCEPTED']);
    const us = { externalId: 'b', phone: '(212) 555-0123', country: 'US' };
    expect(await outcomesOf(business, [us], 'DE')).toEqual(['ACCEPTED']);
    expect(await externalIds()).toEqual(['a']);
  });

  it('makes contacts of those who are on the platform and allow it, and of nobody else', async () => {
    const [member, stopped] = [await aPerson(platform), await aPerson(platform)];
    await stopped.api.do('mutation { stop(input: { purpose: MATCHING }) { __typename } }');
    const list = [
      asCustomer(member, 'here'),
      asCustomer(stopped, 'stopped'),
      { externalId: 'no', phone: aPhone() },
    ];
    expect(await outcomesOf(business, list)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect(await externalIds()).toEqual(['here']);
  });

  describe('external ids', () => {
    it('follow the newest match of a number', async () => {
      const person = await aPerson(platform);
      await match(business, [asCustomer(person, 'old')]);
      const [before] = await contactsOf(business);
      await match(business, [asCustomer(person, 'new')]);
      expect(await contactsOf(business)).toEqual([{ ...before, externalId: 'new' }]);
      expect(await contactBy(business, { externalId: 'old' })).toBeNull();
    });

    it('leave the contact that had them', async () => {
      const [first, second] = [await aPerson(platform), await aPerson(platform)];
      await match(business, [asCustomer(first, 'a')]);
      await match(business, [asCustomer(second, 'a')]);
      expect(await externalIds()).toEqual([null, 'a']);
    });

    it('leave it too when the number that they are for now is nobody’s here', async () => {
      const person = await aPerson(platform);
      await match(business, [asCustomer(person, 'a')]);
      await match(business, [{ externalId: 'a', phone: aPhone() }]);
      expect(await externalIds()).toEqual([null]);
    });

    it('can be swapped in one call', async () => {
      const [first, second] = [await aPerson(platform), await aPerson(platform)];
      await match(business, [asCustomer(first, 'a'), asCustomer(second, 'b')]);
      const before = await contactsOf(business);
      await match(business, [asCustomer(first, 'b'), asCustomer(second, 'a')]);
      const after = await contactsOf(business);
      const named = (list: typeof before, name: string) =>
        list.find(({ externalId }) => externalId === name)?.id;
      expect(named(after, 'a')).toBe(named(before, 'b'));
      expect(named(after, 'b')).toBe(named(before, 'a'));
    });

    it('belong to one business: another may use the same', async () => {
      const other = platform.business((await aBusiness(platform)).apiKey);
      const person = await aPerson(platform);
      await match(business, [asCustomer(person, 'a')]);
      await match(other, [asCustomer(person, 'a')]);
      expect(await externalIds()).toEqual(['a']);
    });
  });

  it('makes one contact of a person who is matched many times at once, by many businesses', async () => {
    const people = await Promise.all([1, 2, 3].map(() => aPerson(platform)));
    const others = [account, await aBusiness(platform), await aBusiness(platform)];
    const calls = Array.from({ length: 24 }, (_, at) => {
      const apiKey = others[at % others.length]?.apiKey;
      const list = people.map((person, nr) => asCustomer(person, `p${nr}`));
      return outcomesOf(platform.business(apiKey), at % 2 === 0 ? list : list.reverse());
    });
    expect(new Set((await Promise.all(calls)).flat())).toEqual(new Set(['ACCEPTED']));
    for (const { apiKey } of others) {
      expect(
        (await contactsOf(platform.business(apiKey))).map(({ externalId }) => externalId).sort(),
      ).toEqual(['p0', 'p1', 'p2']);
    }
  });

  it('refuses a business that is not verified, and says what to do', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const result = await match(platform.business(token), customersWith([aPhone()]));
    expect(result).toMatchObject({
      __typename: 'MatchingNotAllowed',
      reason: 'BUSINESS_NOT_VERIFIED',
      retryAt: null,
    });
    expect(result.message).toMatch(/Submit your verification/);
  });

  it('refuses a business that is suspended', async () => {
    const person = await aPerson(platform);
    await platform.database.sql(
      `UPDATE business SET status = 'SUSPENDED' WHERE id = (SELECT max(id::text)::uuid FROM business)`,
    );
    expect(await match(business, [asCustomer(person, 'a')])).toMatchObject({ reason: 'BUSINESS_SUSPENDED' });
    expect(await contactsOf(business)).toEqual([]);
  });

  it.each([
    ['no customers', [], 'input.customers', 'must have 1 to 10000 customers'],
    [
      'too many',
      Array(10_001).fill({ externalId: 'a', phone: '' }),
      'input.customers',
      'must have 1 to 10000 customers',
    ],
    [
      'an empty external id',
      [{ externalId: '', phone: '' }],
      'input.customers[0].externalId',
      'must have 1 to 255',
    ],
    [
      'a long external id',
      [{ externalId: 'x'.repeat(256), phone: '' }],
      'input.customers[0].externalId',
      'must have 1 to 255',
    ],
    [
      'a null character',
      [{ externalId: 'a\0', phone: '' }],
      'input.customers[0].externalId',
      'must have 1 to 255 characters, none of them a control',
    ],
    [
      'a long phone',
      [{ externalId: 'a', phone: '1'.repeat(41) }],
      'input.customers[0].phone',
      'must have at most 40',
    ],
    [
      'no country',
      [{ externalId: 'a', phone: '', country: 'UK' }],
      'input.customers[0].country',
      'must be an ISO 3166-1',
    ],
  ])('takes %s for a mistake, and does nothing', async (_, list, field, rule) => {
    const { errors } = await business.raw(MATCH_CONTACTS, { input: { customers: list } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_INPUT', faults: [{ field }] } }]);
    expect(errors?.[0]?.extensions.faults?.[0]?.rule).toMatch(new RegExp(`^${rule}`));
    expect(JSON.stringify(errors)).not.toContain('1111111');
  });

  it('keeps and logs no number', async () => {
    const person = await aPerson(platform);
    await match(business, [
      asCustomer(person, 'a'),
      ...customersWith([aPhone(), 'not a number 030 1234567']),
    ]);
    const digits = person.phone.slice(1);
    expect(platform.logs.join('\n')).not.toContain(digits);
    const rows = await platform.database.sql<{ row: string }>(
      `SELECT c::text AS row FROM contact c UNION ALL SELECT s::text FROM match_spend s UNION ALL SELECT b::text FROM match_budget b`,
    );
    expect(rows.length).toBeGreaterThan(2);
    const hex = Buffer.from(digits).toString('hex');
    expect(rows.map(({ row }) => row).join('\n')).not.toMatch(new RegExp(`${digits}|${hex}`));
  });
});
