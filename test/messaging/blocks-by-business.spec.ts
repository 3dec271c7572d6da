import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { holdNewest, messagesWith, write } from '../support/builders/conversations.js';
import { reachablePeople, type Reachable, send, wasAccepted } from '../support/builders/messaging.js';
import { eventsOf } from '../support/builders/webhooks.js';
import { aMember } from '../support/builders/staff.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

let platform: TestPlatform;
let shop: TestBusiness;
let business: GraphQLClient;

beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '1000' });
  shop = await aBusiness(platform);
  business = platform.business(shop.apiKey);
});
afterAll(() => platform.stop());

const somebody = async (): Promise<Reachable> => (await reachablePeople(platform, business, 1))[0]!;
const set = async (operation: 'blockContact' | 'unblockContact', contact: string, by = business) =>
  (
    await by.do(
      `mutation ($input: BlockContactInput!) { ${operation}(input: $input) { __typename
        ... on BlockContactPayload { blockedAt changed } ... on Refusal { reason message retryAt } } }`,
      { input: { contact } },
    )
  )[operation];
const blockedAt = async (contact: string) =>
  (await business.do(`query ($id: ID!) { contact(by: { id: $id }) { blockedAt } }`, { id: contact })).contact
    .blockedAt;

describe('a business that blocks a contact', () => {
  it('neither sends to them nor is written to, until it takes that back', async () => {
    const { person, contact } = await somebody();
    await write(person.api, shop.id, 'Hello');
    const answer = await set('blockContact', contact);
    expect(answer).toMatchObject({ changed: true, blockedAt: expect.any(String) });
    expect(await set('blockContact', contact)).toEqual({ ...answer, changed: false });
    expect(await blockedAt(contact)).toBe(answer.blockedAt);
    for (const purpose of ['SERVICE', 'AUTHENTICATION']) {
      expect(await send(business, contact, { purpose })).toMatchObject({
        reason: 'BLOCKED_BY_YOU',
        retryAt: null,
      });
    }
    expect(await write(person.api, shop.id, 'Anybody there?')).toMatchObject({
      __typename: 'MessageNotWritten',
      reason: 'BLOCKED_BY_BUSINESS',
      retryAt: null,
    });
    expect(await messagesWith(business, contact)).toHaveLength(1);

    expect(await set('unblockContact', contact)).toMatchObject({ changed: true, blockedAt: null });
    expect(await set('unblockContact', contact)).toMatchObject({ changed: false });
    expect(await blockedAt(contact)).toBeNull();
    expect(wasAccepted(await send(business, contact))).toBe(true);
    expect(await write(person.api, shop.id, 'Thank you')).toMatchObject({ id: expect.any(String) });
    await until('both events can be read', async () => {
      const events = await eventsOf(business, { types: ['contact.block_changed'] });
      const own = events
        .map(({ payload }) => JSON.parse(payload).data)
        .filter((data) => data.contact === contact);
      if (own.length < 2) return false;
      expect(own.map(({ blocked, by }) => [blocked, by])).toEqual([
        [true, shop.apiKeyId],
        [false, shop.apiKeyId],
      ]);
      return true;
    });
  });

  it('ends what was queued for them, and nothing of it becomes visible', async () => {
    const { person, contact } = await somebody();
    const { release } = await holdNewest(platform);
    const { id } = await send(business, contact);
    await set('blockContact', contact);
    await release();
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { status reason } }', { id });
    expect(message).toEqual({ status: 'SUPPRESSED', reason: 'BLOCKED_BY_YOU' });
    const { inbox } = await person.api.do('{ inbox { nodes { id } } }');
    expect(inbox.nodes).toEqual([]);
  });

  it('leaves what the person allows and stops to the person, whose stop is heeded all the same', async () => {
    const { person, contact } = await somebody();
    const consents = async () =>
      (await person.api.do('{ consents { nodes { scope purpose standing } } }').catch(() => null)) ?? 'none';
    const before = await consents();
    await set('blockContact', contact);
    expect(await consents()).toEqual(before);
    expect(await write(person.api, shop.id, 'STOP')).toMatchObject({
      reason: 'BLOCKED_BY_BUSINESS',
      understood: 'STOP',
      consent: { standing: 'STOPPED' },
    });
    await set('unblockContact', contact);
    expect(await send(business, contact)).toMatchObject({ reason: 'CONSENT_STOPPED' });
  });

  it('lets nothing through that races it', async () => {
    const { person, contact } = await somebody();
    const [sent] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => send(business, contact))),
      set('blockContact', contact),
    ]);
    const { inbox } = await person.api.do('{ inbox(first: 100) { nodes { id } } }');
    const later = await until('all of it has ended', async () => {
      const messages = await messagesWith(business, contact);
      return messages.every(({ status }: any) => status !== 'ACCEPTED') && messages;
    });
    const visible = later.filter(({ status }: any) => status !== 'SUPPRESSED');
    expect(visible).toHaveLength(inbox.nodes.length);
    expect(later).toHaveLength(sent.filter(wasAccepted).length);
  });

  it('is one of its own contacts, through those who may', async () => {
    const { contact } = await somebody();
    const other = platform.business((await aBusiness(platform)).apiKey);
    expect(await set('blockContact', contact, other)).toMatchObject({ reason: 'CONTACT_UNKNOWN' });
    expect(await set('unblockContact', 'ctc_nonsense')).toMatchObject({ reason: 'CONTACT_UNKNOWN' });
    const analyst = await aMember(platform, shop, 'ANALYST');
    await expect(set('blockContact', contact, analyst.api)).rejects.toThrow(/FORBIDDEN|conversations:manage/);
    expect(await blockedAt(contact)).toBeNull();
  });
});
