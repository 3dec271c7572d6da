import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { aMessage, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

/** More than a page holds, and one round of dispatch takes. */
const PEOPLE = 150;
const TABLES = ['contact_state', 'conversation_queue', 'person_guard'];

describe('messages that are dispatched', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let crowd: CrowdMember[];
  let bursts = 0;
  let counted: Awaited<ReturnType<typeof updates>> = new Map();

  beforeAll(async () => {
    platform = await startPlatform({ PAIR_BURST: '1000' }, { worker: false });
    const account = await aBusiness(platform);
    business = platform.business(account.apiKey);
    crowd = await aCrowd(platform, PEOPLE, [account]);
    await burst();
  });
  afterAll(() => platform.stop());

  /** How many updates of rows there were, and how many of them stayed on their page and left the indexes alone, by table. */
  async function updates(): Promise<Map<string, { all: number; inPlace: number }>> {
    const rows = await platform.database.sql<{ name: string; all: number; inPlace: number }>(
      `SELECT regexp_replace(relname, '_\\d.*', '') AS name, sum(n_tup_upd)::int AS all, sum(n_tup_hot_upd)::int AS "inPlace"
      FROM pg_stat_user_tables WHERE relname ~ '^(message_\\d|contact_state|person_guard|conversation_queue)' GROUP BY 1`,
    );
    return new Map(rows.map((row) => [row.name, row]));
  }

  /** Sends to everybody and dispatches that. @returns the share of updates that stayed on their page, by table */
  async function burst(): Promise<Record<string, number>> {
    const before = counted;
    await sendAll(
      business,
      crowd.map(({ contacts: [contact] }) => aMessage(contact!)),
    );
    await dispatchAll(platform);
    bursts++;
    // Sessions tell of their statistics when they are idle. What is kept of a contact is written first, and only then again.
    counted = await until('statistics are there', async () => {
      const now = await updates();
      const due = (name: string) => (name === 'contact_state' ? bursts - 1 : bursts) * PEOPLE;
      return [...now].every(([name, { all }]) => all >= due(name)) && now;
    });
    return Object.fromEntries(
      [...counted].map(([name, { all, inPlace }]) => {
        const earlier = before.get(name) ?? { all: 0, inPlace: 0 };
        return [name, (inPlace - earlier.inPlace) / (all - earlier.all)];
      }),
    );
  }

  it('stay on their pages, with what is kept of their people, so that no index gets an entry more', async () => {
    const { message, ...others } = await burst();
    expect(message).toBe(1);
    expect(Object.keys(others).sort()).toEqual(TABLES);
    for (const share of Object.values(others)) expect(share).toBeGreaterThan(0.9);
  });

  it('would not where pages were filled', async () => {
    const partitions = await platform.database.sql<{ name: string }>(
      `SELECT relid::regclass::text AS name FROM pg_partition_tree('message') WHERE isleaf`,
    );
    const rewritten = [...partitions, ...TABLES.map((name) => ({ name }))];
    for (const { name } of rewritten) {
      await platform.database.sql(`ALTER TABLE ${name} SET (fillfactor = 100)`);
      await platform.database.sql(`VACUUM FULL ${name}`);
    }
    for (const share of Object.values(await burst())) expect(share).toBeLessThan(0.5);
  });
});
