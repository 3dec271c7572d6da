import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, sendAll, wasAccepted } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const REQUESTS = 8;

let platform: TestPlatform;
let business: GraphQLClient;
let servers: GraphQLClient[];
let contacts: string[];
let heal = () => {};
beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '1000' }, { worker: false });
  business = platform.business((await aBusiness(platform)).apiKey);
  // Of one process, requests that come together are one batch.
  servers = [business, platform.business(business.token, await platform.anotherServer())];
  contacts = (await reachablePeople(platform, business, 16)).map(({ contact }) => contact);
});
afterEach(() => {
  heal();
  heal = () => {};
});
afterAll(() => platform.stop());

/** Requests to the same contacts, of both processes at the same time. */
const race = async (to: string[], requests = REQUESTS) =>
  (
    await Promise.all(
      Array.from({ length: requests }, (_, nr) =>
        sendAll(
          servers[nr % servers.length]!,
          to.map((contact) => aMessage(contact)),
        ),
      ),
    )
  ).flat();

/** What is kept of how many messages there were, and the numbers of these, of each contact that was written to. */
const kept = () =>
  platform.database.sql<{ last_seq: number; seqs: number[] }>(
    `SELECT s.last_seq, array_agg(m.seq ORDER BY m.seq) AS seqs FROM contact_state s
      JOIN message m ON m.lane = s.lane AND m.contact_id = s.contact_id GROUP BY s.lane, s.contact_id, s.last_seq ORDER BY 1`,
  );
const upTo = (last: number) => ({ last_seq: last, seqs: Array.from({ length: last }, (_, at) => at + 1) });

describe('what is kept of contacts, begun by their first message and updated by each that follows', () => {
  it('counts each message once, however many processes write to the same for the first time', async () => {
    const first = contacts.splice(0, 4);
    expect((await race(first)).every(wasAccepted)).toBe(true);
    expect(await kept()).toEqual(first.map(() => upTo(REQUESTS)));

    const together = [...first, ...contacts.splice(0, 4)];
    expect((await race(together, 2)).every(wasAccepted)).toBe(true);
    const two = together.slice(4).map(() => upTo(2));
    expect(await kept()).toEqual([...two, ...first.map(() => upTo(REQUESTS + 2))]);
  });

  it('could not be told from what was loaded, if its people were not locked', async () => {
    // Each takes its time between what it loads and what it writes, so that the two processes are surely between them at once.
    const slowly =
      'SELECT t.* FROM (SELECT pg_sleep(0.3) OFFSET 0) slow CROSS JOIN unnest($2::smallint[], $3::uuid[], $4';
    heal = plantFault((sql) =>
      withoutLocks(sql).replace('SELECT * FROM unnest($2::smallint[], $3::uuid[], $4', () => slowly),
    );
    await expect(race(contacts.splice(0, 8))).rejects.toThrow(/INTERNAL_SERVER_ERROR/);
  });
});
