import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { parsePublicId } from '@assent/platform';
import { aBusiness, anUnverifiedBusiness } from '../support/builders/accounts.js';
import {
  aMessage,
  matchAll,
  reachablePeople,
  type Reachable,
  send,
  sendAll,
  wasAccepted,
} from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const SEND_MANY = `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { __typename } } }`;

describe('sending', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let people: Reachable[];

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    business = platform.business((await aBusiness(platform)).apiKey);
    people = await reachablePeople(platform, business, 12);
  });
  afterAll(() => platform.stop());

  /** A person whom nobody has messaged or stopped yet. */
  const somebody = () => {
    const next = people.pop();
    if (!next) throw new Error('More people are needed');
    return next;
  };
  const asPerson = ({ person }: Reachable) => platform.person(person.token);

  it('accepts a message, and shows it to its business', async () => {
    const { contact } = somebody();
    const result = await send(business, contact, {
      text: 'Your parcel is here.',
      idempotencyKey: 'parcel-1',
    });
    expect(result).toMatchObject({ __typename: 'AcceptedMessage', replayed: false });
    const { message } = await business.do(
      `query ($id: ID!) { message(id: $id) { id text purpose status idempotencyKey acceptedAt contact { id } } }`,
      { id: result.id },
    );
    expect(message).toEqual({
      id: result.id,
      text: 'Your parcel is here.',
      purpose: 'SERVICE',
      status: 'ACCEPTED',
      idempotencyKey: 'parcel-1',
      acceptedAt: result.acceptedAt,
      contact: { id: contact },
    });
  });

  it('refuses a business that is not verified', async () => {
    const { token } = await anUnverifiedBusiness(platform);
    const result = await send(platform.business(token), somebody().contact);
    expect(result).toMatchObject({ reason: 'BUSINESS_NOT_VERIFIED', retryAt: null });
  });

  it('refuses a business that was suspended, and suppresses what it had queued', async () => {
    const { apiKey, id } = await aBusiness(platform);
    const suspended = platform.business(apiKey);
    const [reachable] = await matchAll(suspended, [somebody().person]);
    const queued = await send(suspended, reachable!.contact);
    await platform.database.sql(`UPDATE business SET status = 'SUSPENDED' WHERE id = $1`, [
      parsePublicId('biz', id),
    ]);
    const result = await send(suspended, reachable!.contact);
    expect(result).toMatchObject({ reason: 'BUSINESS_SUSPENDED', retryAt: null });
    const worker = platform.app.get(DispatchMessages, { strict: false });
    while (await worker.execute());
    const { message } = await suspended.do('query ($id: ID!) { message(id: $id) { status reason } }', {
      id: queued.id,
    });
    expect(message).toEqual({ status: 'SUPPRESSED', reason: 'BUSINESS_SUSPENDED' });
  });

  it('knows nothing of the contacts of another business', async () => {
    const other = platform.business((await aBusiness(platform)).apiKey);
    const { contact } = somebody();
    expect(await send(other, contact)).toMatchObject({ reason: 'CONTACT_UNKNOWN' });
    expect(await send(business, 'ctc_00000000000000000000000000')).toMatchObject({
      reason: 'CONTACT_UNKNOWN',
    });
    expect(await send(business, 'somebody')).toMatchObject({ reason: 'CONTACT_UNKNOWN' });
  });

  it('refuses marketing without an opt-in, sends it with one, and refuses it again after a stop', async () => {
    const reachable = somebody();
    const marketing = { purpose: 'MARKETING' };
    expect(await send(business, reachable.contact, marketing)).toMatchObject({ reason: 'CONSENT_MISSING' });
    await asPerson(reachable).do(`mutation { allow(input: { purpose: MARKETING }) { __typename } }`);
    expect(wasAccepted(await send(business, reachable.contact, marketing))).toBe(true);
    await asPerson(reachable).do(`mutation { stop(input: { purpose: MARKETING }) { __typename } }`);
    expect(await send(business, reachable.contact, marketing)).toMatchObject({ reason: 'CONSENT_STOPPED' });
    expect(wasAccepted(await send(business, reachable.contact))).toBe(true);
  });

  it('suppresses what is queued in the transaction of the stop', async () => {
    const reachable = somebody();
    const { id } = await send(business, reachable.contact);
    await asPerson(reachable).do(`mutation { stop(input: {}) { __typename } }`);
    const { message } = await business.do(`query ($id: ID!) { message(id: $id) { status reason endedAt } }`, {
      id,
    });
    expect(message).toMatchObject({
      status: 'SUPPRESSED',
      reason: 'CONSENT_STOPPED',
      endedAt: expect.any(String),
    });
  });

  it('lends a burst of 45 to one person and then names the time of the next message', async () => {
    const { contact } = somebody();
    const results = await sendAll(
      business,
      Array.from({ length: 46 }, () => aMessage(contact)),
    );
    expect(results.filter(wasAccepted)).toHaveLength(45);
    const { reason, retryAt } = results.at(-1) ?? {};
    expect(reason).toBe('PAIR_LIMIT');
    const first = new Date(results[0]?.acceptedAt as string).getTime();
    expect(new Date(retryAt as string).getTime() - first).toBe(6_000);
  });

  describe('with an idempotency key that was used before', () => {
    it('answers as the first time and does nothing more', async () => {
      const { contact } = somebody();
      const first = await send(business, contact, { idempotencyKey: 'again' });
      const second = await send(business, contact, { idempotencyKey: 'again' });
      expect(second).toEqual({ ...first, replayed: true });
      const { messages } = await business.do(
        `query ($contact: ID!) { messages(contact: $contact) { nodes { id } } }`,
        {
          contact,
        },
      );
      expect(messages.nodes).toEqual([{ id: first.id }]);
    });

    it('repeats a refusal too', async () => {
      const { contact } = somebody();
      const draft = { purpose: 'MARKETING', idempotencyKey: 'refused' };
      const first = await send(business, contact, draft);
      expect(await send(business, contact, draft)).toEqual({ ...first, replayed: true });
    });

    it('refuses another message as a conflict', async () => {
      const { contact } = somebody();
      await send(business, contact, { idempotencyKey: 'conflict' });
      const other = await send(business, contact, { idempotencyKey: 'conflict', text: 'Something else.' });
      expect(other).toMatchObject({ reason: 'IDEMPOTENCY_CONFLICT', retryAt: null });
    });

    it('sends once, however many requests race', async () => {
      const { contact } = somebody();
      const results = await Promise.all(
        Array.from({ length: 20 }, () => send(business, contact, { idempotencyKey: 'race' })),
      );
      expect(new Set(results.map(({ id }) => id)).size).toBe(1);
      expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1);
    });
  });

  it('takes nothing of a batch with a broken message, and names the field and the rule', async () => {
    const { contact } = somebody();
    const messages = [aMessage(contact), aMessage(contact, { freeForm: '' })];
    const { errors } = await business.raw(SEND_MANY, { input: { messages } });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [
        { field: 'input.messages[1].text', rule: 'must have 1 to 4,096 characters of well-formed Unicode' },
      ],
    });
    const page = await business.do(`query ($contact: ID!) { messages(contact: $contact) { nodes { id } } }`, {
      contact,
    });
    expect(page.messages.nodes).toEqual([]);
  });

  it('takes 1 to 1,000 messages', async () => {
    const { errors } = await business.raw(SEND_MANY, { input: { messages: [] } });
    expect(errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.messages', rule: 'must hold 1 to 1,000 messages' },
    ]);
  });

  it('needs the permission to send', async () => {
    const { errors } = await platform.business().raw(SEND_MANY, { input: { messages: [] } });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
