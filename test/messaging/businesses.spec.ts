import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aMessage, matchAll, send, sendAll } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { withoutQuietHours } from '../support/builders/policy.js';
import { setPreferences } from '../support/builders/preferences.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const ALL = `since business { id displayName }
  messages { counts { purpose status count } lastMessageAt more }
  consents { purpose allowed rule since basis policyVersion source eventId }`;

describe('the businesses of a person', () => {
  let platform: TestPlatform;
  let shops: TestBusiness[];

  beforeAll(async () => {
    platform = await startPlatform({ PAIR_BURST: '10000' });
    await withoutQuietHours(platform.admin());
    shops = [];
    for (const displayName of ['Bakery', 'Bank', 'Bookshop'])
      shops.push(await aBusiness(platform, { displayName }));
  });
  afterAll(() => platform.stop());

  const apiOf = (shop: TestBusiness) => platform.business(shop.apiKey);
  const shopAt = (at: number) => shops[at] as TestBusiness;
  const contactOf = async (shop: TestBusiness, person: TestPerson) =>
    (await matchAll(apiOf(shop), [person]))[0]?.contact as string;
  const businessesOf = async ({ api }: TestPerson, args = 'first: 100'): Promise<any> =>
    (await api.do(`{ businesses(${args}) { nodes { ${ALL} } pageInfo { hasNextPage endCursor } } }`))
      .businesses;
  const visible = (person: TestPerson, count: number) =>
    until(`${count} messages are visible`, async () => {
      const { inbox } = await person.api.do('{ inbox(first: 100) { nodes { id } } }');
      return inbox.nodes.length === count;
    });

  it('are none at first, and then those that matched them, newest first, page by page', async () => {
    const person = await aPerson(platform);
    expect((await businessesOf(person)).nodes).toEqual([]);
    for (const shop of shops) await contactOf(shop, person);
    const first = await businessesOf(person, 'first: 2');
    expect(first.nodes.map(({ business }: any) => business.displayName)).toEqual(['Bookshop', 'Bank']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await businessesOf(person, `first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(rest.nodes).toMatchObject([
      { business: { displayName: 'Bakery' }, messages: { counts: [], lastMessageAt: null, more: false } },
    ]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect((await businessesOf(await aPerson(platform))).nodes).toEqual([]);
  });

  it('are each counted for what they sent, and what became of it', async () => {
    const person = await aPerson(platform);
    const [bakery, bank] = [shopAt(0), shopAt(1)];
    const contact = await contactOf(bakery, person);
    await contactOf(bank, person);
    await send(apiOf(bakery), contact);
    await send(apiOf(bakery), contact);
    await visible(person, 2);
    await setPreferences(person.api, { pausedUntil: new Date(Date.now() + 3_600_000).toISOString() });
    await send(apiOf(bakery), contact);
    await person.api.do(`mutation { stop(input: { purpose: SERVICE }) { __typename } }`);
    const { nodes } = await businessesOf(person);
    expect(nodes).toMatchObject([
      { business: { displayName: 'Bank' }, messages: { counts: [] } },
      {
        business: { displayName: 'Bakery' },
        messages: {
          counts: [
            { purpose: 'SERVICE', status: 'DISPATCHED', count: 2 },
            { purpose: 'SERVICE', status: 'SUPPRESSED', count: 1 },
          ],
          lastMessageAt: expect.any(String),
          more: false,
        },
      },
    ]);
  });

  it('are counted by their newest 1,000 messages', async () => {
    const person = await aPerson(platform);
    const contact = await contactOf(shopAt(2), person);
    for (const count of [600, 401])
      await sendAll(
        apiOf(shopAt(2)),
        Array.from({ length: count }, () => aMessage(contact)),
      );
    const worker = platform.app.get(DispatchMessages, { strict: false });
    while (await worker.execute());
    const [{ messages }] = (await businessesOf(person)).nodes;
    expect(messages.more).toBe(true);
    expect(messages.counts.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(1_000);
  });

  it('are each explained for every purpose, with the entry of the ledger that says so', async () => {
    const person = await aPerson(platform);
    for (const shop of shops) await contactOf(shop, person);
    const change = async (action: string, input: string) =>
      (await person.api.do(`mutation { ${action}(input: { ${input} }) { eventId consent { since } } }`))[
        action
      ];
    const optIn = await change('allow', `business: "${shopAt(0).id}", purpose: MARKETING`);
    const stop = await change('stop', 'purpose: ADS');
    const block = await change('block', `business: "${shopAt(1).id}"`);
    const [bookshop, bank, bakery] = (await businessesOf(person)).nodes;
    const of = ({ consents }: any, purpose: string) => consents.find((each: any) => each.purpose === purpose);

    const policy = { policyVersion: 2 };
    const said = (change: any) => {
      return { ...policy, since: change.consent.since, source: 'app', eventId: change.eventId };
    };
    const unsaid = { ...policy, since: null, source: null, eventId: null };
    expect(of(bakery, 'MARKETING')).toEqual({
      ...said(optIn),
      purpose: 'MARKETING',
      allowed: true,
      rule: 'ALLOWED',
      basis: 'OPT_IN',
    });
    expect(of(bookshop, 'MARKETING')).toEqual({
      ...unsaid,
      purpose: 'MARKETING',
      allowed: false,
      rule: 'NO_OPT_IN',
      basis: 'OPT_IN',
    });
    expect(of(bookshop, 'SERVICE')).toEqual({
      ...unsaid,
      purpose: 'SERVICE',
      allowed: true,
      rule: 'NOT_STOPPED',
      basis: 'OPT_OUT',
    });
    expect(of(bookshop, 'ADS')).toMatchObject({ ...said(stop), allowed: false, rule: 'STOPPED_PURPOSE' });
    expect(bank.consents).toHaveLength(6);
    for (const each of bank.consents)
      expect(each).toMatchObject({ ...said(block), allowed: false, rule: 'BLOCKED' });

    const { consentReceipt } = await person.api.do(
      `query ($id: ID!) { consentReceipt(eventId: $id) { __typename ... on ConsentReceipt { eventId } } }`,
      { id: optIn.eventId },
    );
    expect(consentReceipt).toEqual({ __typename: 'ConsentReceipt', eventId: optIn.eventId });
  });

  it('are paged by cursors of this connection only', async () => {
    const { errors } = await (
      await aPerson(platform)
    ).api.raw('{ businesses(after: "ctc_00000000000000000000000000") { nodes { since } } }');
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'businesses.after', rule: 'must be an endCursor of this connection' }],
    });
  });
});
