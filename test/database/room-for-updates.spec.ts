import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { aMessage, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

/** More than a page holds, and one round of dispatch takes. */
const PEOPLE = 150;

describe('messages that are dispatched', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let crowd: CrowdMember[];

  beforeAll(async () => {
    platform = await startPlatform({ PAIR_BURST: '1000' }, { worker: false });
    const account = await aBusiness(platform);
    business = platform.business(account.apiKey);
    crowd = await aCrowd(platform, PEOPLE, [account]);
    // What is kept of a contact is written first, and only then again.
    await sendAll(
      business,
      crowd.map(({ contacts: [contact] }) => aMessage(contact!)),
    );
    await dispatchAll(platform);
  });
  afterAll(() => platform.stop());

  /** Of which tables so many rows were written again, and how many of them stayed on their page and left the indexes alone. */
  async function updates(): Promise<Map<string, { all: number; inPlace: number }>> {
    const rows = await platform.database.sql<{ name: string; all: number; inPlace: number }>(
      `SELECT regexp_replace(relname, '_\\d.*', '') AS name, sum(n_tup_upd)::int AS all, sum(n_tup_hot_upd)::int AS "inPlace"
      FROM pg_stat_user_tables WHERE relname ~ '^(message_\\d|contact_state|person_guard|conversation_queue)' GROUP BY 1`,
    );
    return new Map(rows.map((row) => [row.name, row]));
  }

  /** The share of updates that stayed on their page, by table. */
  async function sendAndDispatch(): Promise<Record<string, number>> {
    const before = await updates();
    await sendAll(
      business,
      crowd.map(({ contacts: [contact] }) => aMessage(contact!)),
    );
    await dispatchAll(platform);
    // Sessions tell of their statistics when they are idle.
    const after = await until('statistics are there', async () => {
      const now = await updates();
      return [...now].every(([name, { all }]) => all - before.get(name)!.all >= PEOPLE) && now;
    });
    return Object.fromEntries(
      [...after].map(([name, { all, inPlace }]) => [
        name,
        (inPlace - before.get(name)!.inPlace) / (all - before.get(name)!.all),
      ]),
    );
  }

  it('stay on their pages, with what is kept of their people, so that no index gets an entry more', async () => {
    const { message, ...others } = await sendAndDispatch();
    expect(message).toBe(1);
    expect(Object.keys(others).sort()).toEqual(['contact_state', 'conversation_queue', 'person_guard']);
    for (const share of Object.values(others)) expect(share).toBeGreaterThan(0.6);
  });

  it('would not where pages were filled', async () => {
    const partitions = await platform.database.sql<{ name: string }>(
      `SELECT relid::regclass::text AS name FROM pg_partition_tree('message') WHERE isleaf`,
    );
    for (const { name } of [...partitions, { name: 'conversation_queue' }])
      await platform.database.sql(`ALTER TABLE ${name} SET (fillfactor = 100)`);
    const { message, conversation_queue: queue } = await sendAndDispatch();
    expect(message).toBeLessThan(0.9);
    expect(queue).toBeLessThan(0.9);
  });
});
