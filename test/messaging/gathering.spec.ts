import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { failInsert, watchStatements } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** Of the statement that writes the messages of a transaction. */
const MESSAGES = 'INSERT INTO message (content_suite';
const PEOPLE = 30;

interface Sender {
  name: string;
  api: GraphQLClient;
  contacts: string[];
}

let platform: TestPlatform;
let senders: Sender[];
let heal = () => {};
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  senders = await Promise.all(
    ['A', 'B'].map(async (name) => {
      const api = platform.business((await aBusiness(platform)).apiKey);
      const people = await reachablePeople(platform, api, PEOPLE);
      return { name, api, contacts: people.map(({ contact }) => contact) };
    }),
  );
});
afterEach(() => {
  heal();
  heal = () => {};
});
afterAll(() => platform.stop());

/** Requests of 1 to 5 messages of both businesses, each message to somebody else, with what comes of each. */
const requests = (round: string) =>
  senders.flatMap(({ name, api, contacts }) =>
    [1, 2, 3, 4, 5].map((size, nr) => {
      const asked = contacts.slice(nr * 5, nr * 5 + size).map((contact, at) => {
        const text = `${round} ${name} ${nr} ${at}`;
        return at === 2
          ? { message: aMessage(contact, { text, purpose: 'MARKETING' }), outcome: 'CONSENT_MISSING' }
          : { message: aMessage(contact, { text }), outcome: expect.stringContaining(text) };
      });
      return {
        api,
        messages: asked.map(({ message }) => message),
        outcomes: asked.map(({ outcome }) => outcome),
      };
    }),
  );
/** @returns how many transactions with messages there were since */
const countTransactions = () => {
  let transactions = 0;
  heal = watchStatements(({ sql }) => {
    if (sql.includes(MESSAGES)) transactions += 1;
  });
  return () => transactions;
};
const textOf = async (api: GraphQLClient, id: string | undefined) =>
  (await api.do(`query ($id: ID!) { message(id: $id) { text } }`, { id })).message.text;
const stored = async () =>
  (await platform.database.sql<{ n: number }>('SELECT count(*)::int AS n FROM message'))[0]?.n;

describe('requests of few messages that arrive together', () => {
  it('share transactions, and each is answered for its own messages, in their order', async () => {
    const transactions = countTransactions();
    const asked = requests('Round 1:');
    const answers = await Promise.all(asked.map(({ api, messages }) => sendAll(api, messages)));
    expect(transactions()).toBeLessThan(asked.length / 2);
    for (const [nr, { api, outcomes }] of asked.entries()) {
      const said = await Promise.all(
        answers[nr]!.map(async ({ id, reason }) => reason ?? (await textOf(api, id))),
      );
      expect(said).toEqual(outcomes);
    }
  });

  it('send once what two of them ask for under one key', async () => {
    const [{ api, contacts }] = senders as [Sender];
    const message = aMessage(contacts[0]!, { idempotencyKey: 'twice' });
    const before = await stored();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => sendAll(api, [aMessage(contacts[1]!), message])),
    );
    const ours = answers.map(([, answer]) => answer);
    expect(new Set(ours.map((answer) => answer?.id)).size).toBe(1);
    expect(ours.filter((answer) => !answer?.replayed)).toHaveLength(1);
    expect(await stored()).toBe((before ?? NaN) + 11);
  });

  it('leave nothing where their transaction fails, and are accepted when they are sent again', async () => {
    const asked = requests('Round 2:');
    const before = await stored();
    heal = failInsert(MESSAGES);
    const failed = await Promise.allSettled(asked.map(({ api, messages }) => sendAll(api, messages)));
    expect(failed.map(({ status }) => status)).toEqual(asked.map(() => 'rejected'));
    heal();
    heal = () => {};
    expect(await stored()).toBe(before);
    const answers = await Promise.all(asked.map(({ api, messages }) => sendAll(api, messages)));
    const accepted = answers.flat().filter(({ id }) => id !== undefined);
    expect(await stored()).toBe((before ?? NaN) + accepted.length);
    expect(answers.flat().filter(({ replayed }) => replayed)).toEqual([]);
  });

  it('are not mixed with those of more than 100, which have transactions of their own', async () => {
    const transactions = countTransactions();
    const [{ api, contacts }] = senders as [Sender];
    const many = () => Array.from({ length: 101 }, (_, at) => aMessage(contacts[10 + (at % 20)]!));
    await Promise.all([1, 2, 3].map(() => sendAll(api, many())));
    expect(transactions()).toBe(3);
  });
});
