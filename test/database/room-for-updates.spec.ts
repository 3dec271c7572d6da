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
  });
  afterAll(() => platform.stop());

  /** How many updates of messages there were until now, and how many of them stayed on their page and left the indexes alone. */
  async function updates(): Promise<{ all: number; inPlace: number }> {
    const [row] = await platform.database.sql<{ all: number; inPlace: number }>(
      `SELECT sum(n_tup_upd)::int AS all, sum(n_tup_hot_upd)::int AS "inPlace"
      FROM pg_stat_user_tables WHERE relname ~ '^message_\\d'`,
    );
    return row!;
  }

  async function sendAndDispatch(): Promise<{ all: number; inPlace: number }> {
    const before = await updates();
    await sendAll(
      business,
      crowd.map(({ contacts: [contact] }) => aMessage(contact!)),
    );
    await dispatchAll(platform);
    // Sessions tell of their statistics when they are idle.
    const after = await until('statistics are there', async () => {
      const now = await updates();
      return now.all - before.all === PEOPLE && now;
    });
    return { all: after.all - before.all, inPlace: after.inPlace - before.inPlace };
  }

  it('stay on their pages, so that no index gets an entry more', async () => {
    expect(await sendAndDispatch()).toEqual({ all: PEOPLE, inPlace: PEOPLE });
  });

  it('would not where pages were filled', async () => {
    const partitions = await platform.database.sql<{ name: string }>(
      `SELECT relid::regclass::text AS name FROM pg_partition_tree('message') WHERE isleaf`,
    );
    for (const { name } of partitions)
      await platform.database.sql(`ALTER TABLE ${name} SET (fillfactor = 100)`);
    expect((await sendAndDispatch()).inPlace).toBeLessThan(PEOPLE / 2);
  });
});
