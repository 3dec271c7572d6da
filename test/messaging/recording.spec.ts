import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyRing } from '@assent/platform';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, type Reachable, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { cutConnectionsAt, failInsert, socketOf, watchStatements } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const SPENDING = 'INSERT INTO reach_place';
const MESSAGES = 'INSERT INTO message (content_suite';
const TABLES = ['message', 'contact_state', 'conversation_queue', 'reach_place', 'idempotency'];

let platform: TestPlatform;
let business: GraphQLClient;
let people: Reachable[];
let heal = () => {};
beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  business = platform.business((await aBusiness(platform)).apiKey);
  people = await reachablePeople(platform, business, 15);
});
afterEach(() => {
  heal();
  heal = () => {};
});
afterAll(() => platform.stop());

const aBatch = () => people.splice(0, 3).map(({ contact }) => aMessage(contact));

/** How many rows there are, and what the guards say. */
const written = () =>
  platform.database.sql<Record<string, number>>(
    `SELECT ${TABLES.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')},
      (SELECT json_agg(g ORDER BY business_id) FROM business_guard g) AS guards`,
  );

describe('a batch, of which what it spends is written before its messages', () => {
  it.each([
    ['what it spends can not be written', () => failInsert(SPENDING)],
    ['its messages can not be written', () => failInsert(MESSAGES)],
    ['the connection breaks at what it spends', () => cutConnectionsAt(SPENDING)],
    ['the connection breaks at its messages', () => cutConnectionsAt(MESSAGES)],
  ])('leaves nothing where %s, and is accepted once when it is sent again', async (_, plant) => {
    const messages = aBatch();
    const before = await written();
    heal = plant();
    await expect(sendAll(business, messages)).rejects.toThrow(/INTERNAL_SERVER_ERROR|UNAVAILABLE/);
    heal();
    heal = () => {};
    expect(await written()).toEqual(before);
    expect(await sendAll(business, messages)).toEqual(
      messages.map(() => expect.objectContaining({ __typename: 'AcceptedMessage', replayed: false })),
    );
    const [after] = await written();
    for (const table of TABLES) expect(after?.[table]).toBe((before[0]?.[table] ?? NaN) + messages.length);
  });

  it('has what it spends on its way while its contents are sealed', async () => {
    let spending: Socket | undefined;
    heal = watchStatements(({ sql }, client) => {
      if (sql.includes(SPENDING)) spending = socketOf(client);
    });
    const waiting: (number | undefined)[] = [];
    const keys = platform.app.get(KeyRing, { strict: false });
    const proofs = keys.macKey('message-proof', 1);
    const sound = proofs.of.bind(proofs);
    proofs.of = (data) => {
      waiting.push(spending?.writableLength);
      return sound(data);
    };
    try {
      await sendAll(business, aBatch());
    } finally {
      proofs.of = sound;
    }
    expect(waiting).toEqual([0, 0, 0]);
  });
});
