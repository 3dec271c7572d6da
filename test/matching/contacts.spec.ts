import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, parsePublicId } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { contactBy, contactsOf, match, type TestContact } from '../support/builders/matching.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { statementsOf } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const PEOPLE = 7;

describe('contacts', () => {
  let platform: TestPlatform;
  let accounts: TestBusiness[];
  let business: GraphQLClient;
  let other: GraphQLClient;
  let people: TestPerson[];

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    accounts = [await aBusiness(platform), await aBusiness(platform)];
    [business, other] = accounts.map(({ apiKey }) => platform.business(apiKey)) as [
      GraphQLClient,
      GraphQLClient,
    ];
    people = [];
    while (people.length < PEOPLE) people.push(await aPerson(platform));
    for (const [at, { phone }] of people.entries()) await match(business, [{ externalId: `C-${at}`, phone }]);
    await match(
      other,
      people.map(({ phone }, at) => ({ externalId: `other-${at}`, phone })),
    );
  });
  afterAll(() => platform.stop());

  const ruleOf = (contact: TestContact | null, purpose: string) =>
    contact?.consent.find((each) => each.purpose === purpose);

  it.each([1, 3, PEOPLE, 100])('are read oldest first, each once, in pages of %d', async (first) => {
    const contacts = await contactsOf(business, first);
    expect(contacts.map(({ externalId }) => externalId)).toEqual(people.map((_, at) => `C-${at}`));
  });

  it('that were added since are found behind the last cursor', async () => {
    const late = platform.business((await aBusiness(platform)).apiKey);
    const [first, second] = people as [TestPerson, TestPerson];
    await match(late, [{ externalId: 'first', phone: first.phone }]);
    const page = `query ($after: String) { contacts(first: 5, after: $after) { nodes { externalId } pageInfo { endCursor } } }`;
    const { contacts } = await late.do(page);
    await match(late, [{ externalId: 'second', phone: second.phone }]);
    const next = await late.do(page, { after: contacts.pageInfo.endCursor });
    expect(next['contacts'].nodes).toEqual([{ externalId: 'second' }]);
  });

  it('are found by id and by external id', async () => {
    const [contact] = await contactsOf(business);
    expect(await contactBy(business, { id: contact?.id ?? '' })).toEqual(contact);
    expect(await contactBy(business, { externalId: 'C-0' })).toEqual(contact);
    expect(await contactBy(business, { externalId: 'C-99' })).toBeNull();
    expect(await contactBy(business, { id: 'ctc_00000000000000000000000000' })).toBeNull();
    expect(await contactBy(business, { id: 'nonsense' })).toBeNull();
  });

  it.each([
    ['both', { id: 'a', externalId: 'b' }],
    ['neither', {}],
    ['null', { id: null }],
  ])('are named in one way: %s is refused', async (_, by) => {
    const { errors } = await business.raw('query ($by: ContactBy!) { contact(by: $by) { id } }', { by });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['a cursor of another business', async () => (await contactsOf(other))[0]?.id],
    ['no cursor', async () => 'x'],
  ])('are not read behind %s', async (_, cursor) => {
    const { data, errors } = await business.raw(
      'query ($after: String) { contacts(after: $after) { nodes { id } } }',
      {
        after: await cursor(),
      },
    );
    // One in 64 foreign cursors decrypts to something that looks like an id: it then stands for a place, and no contact.
    if (errors) expect(errors[0]?.extensions.faults).toMatchObject([{ field: 'contacts.after' }]);
    else expect(data).toMatchObject({ contacts: { nodes: expect.any(Array) } });
  });

  it('of two businesses for the same person have unrelated ids', async () => {
    const mine = (await contactsOf(business)).map(({ id }) => id);
    const theirs = (await contactsOf(other)).map(({ id }) => id);
    expect(new Set([...mine, ...theirs]).size).toBe(2 * PEOPLE);
    expect([...mine, ...theirs].every((id) => /^ctc_[0-9a-z]{26}$/.test(id))).toBe(true);
  });

  it('of another business are not found', async () => {
    for (const { id } of await contactsOf(other)) expect(await contactBy(business, { id })).toBeNull();
    expect(await contactBy(business, { externalId: 'other-0' })).toBeNull();
  });

  it('are walled off by the database too: another business’s rows, and who is behind one’s own', async () => {
    const database = platform.app.get(Database, { strict: false });
    const businessId = parsePublicId('biz', accounts[1]?.id ?? '') ?? '';
    const seen = await database.rows<{ external_id: string; business_id: string }>(
      { role: 'business', businessId },
      { text: 'SELECT business_id, external_id FROM contact' },
    );
    expect(seen).toHaveLength(PEOPLE);
    expect(new Set(seen.map(({ business_id }) => business_id))).toEqual(new Set([businessId]));
    const peek = database.rows({ role: 'business', businessId }, { text: 'SELECT person_id FROM contact' });
    await expect(peek).rejects.toThrow('permission denied');
  });

  describe('say what the person allows this business', () => {
    it('by the policy, while they have said nothing', async () => {
      const contact = await contactBy(business, { externalId: 'C-0' });
      expect(contact?.consent.map(({ purpose, allowed, rule }) => [purpose, allowed, rule])).toEqual([
        ['AUTHENTICATION', true, 'NOT_STOPPED'],
        ['SERVICE', true, 'NOT_STOPPED'],
        ['MARKETING', false, 'NO_OPT_IN'],
        ['MATCHING', true, 'NOT_STOPPED'],
        ['ADS', false, 'NO_OPT_IN'],
        ['ANALYTICS', false, 'NO_OPT_IN'],
      ]);
      expect(contact?.consent.every(({ since }) => since === null)).toBe(true);
    });

    it('by what they said to it or to everyone, and since when', async () => {
      const { api } = people[1] as TestPerson;
      await api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
      await api.do('mutation ($b: ID!) { stop(input: { business: $b, purpose: SERVICE }) { __typename } }', {
        b: accounts[0]?.id,
      });
      const contact = await contactBy(business, { externalId: 'C-1' });
      expect(ruleOf(contact, 'MARKETING')).toMatchObject({
        allowed: true,
        rule: 'ALLOWED',
        since: null, // said to everyone: a time that all were told would tell them that it is the same person
      });
      expect(ruleOf(contact, 'SERVICE')).toMatchObject({
        allowed: false,
        rule: 'STOPPED',
        since: expect.any(String),
      });
    });

    it('and nothing of what they said to another', async () => {
      const { api } = people[2] as TestPerson;
      await api.do('mutation ($b: ID!) { block(input: { business: $b }) { __typename } }', {
        b: accounts[1]?.id,
      });
      const mine = await contactBy(business, { externalId: 'C-2' });
      const theirs = await contactBy(other, { externalId: 'other-2' });
      expect(mine?.consent).toEqual((await contactBy(business, { externalId: 'C-0' }))?.consent);
      expect(theirs?.consent.map(({ rule }) => rule)).toEqual(Array(6).fill('BLOCKED'));
    });

    it('in as many statements for a page as for one contact', async () => {
      const one = await statementsOf(() => contactBy(business, { externalId: 'C-0' }));
      expect(await statementsOf(() => contactsOf(business))).toHaveLength(one.length);
    });
  });
});
