import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aBusiness } from '../support/builders/accounts.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { customersWith, match } from '../support/builders/matching.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { statementsOf } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

describe('over connections that have known the tables since these were empty', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let reachable: Reachable;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    business = platform.business((await aBusiness(platform)).apiKey);
    [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
    await send(business, reachable.contact);
    await platform.database.sql('VACUUM ANALYZE');
  });
  afterAll(() => platform.stop());

  const works: [string, () => Promise<unknown>][] = [
    ['a message', () => send(business, reachable.contact)],
    ['a batch', () => sendAll(business, [aMessage(reachable.contact), aMessage(reachable.contact)])],
    ['a round of dispatch', () => dispatchAll(platform)],
    ['a match', () => match(business, customersWith([reachable.person.phone]))],
    ['limits', () => business.do('{ limits { all { name used } } }')],
    ['an inbox', () => reachable.person.api.do('{ inbox(first: 10) { nodes { id text } } }')],
  ];

  it.each(works)('%s is looked up by index', async (_, work) => {
    expect(await readWhole(await statementsOf(work))).toEqual([]);
  });

  it('would be read whole where plans were made as ever', async () => {
    const statements: string[] = [];
    for (const [, work] of works) statements.push(...(await statementsOf(work)));
    const asEver = statements.map((sql) => sql.replace(/; SET LOCAL enable_\w+ = off/g, ''));
    expect(await readWhole(asEver)).toEqual(
      expect.arrayContaining(['contact', 'inbox_entry', 'match_spend', 'reach_place']),
    );
  });

  /** The tables that a plan which does not know the values reads from the first row to the last. */
  async function readWhole(statements: readonly string[]): Promise<string[]> {
    const tables = new Set<string>();
    const client = new pg.Client({ connectionString: platform.database.appUrl });
    await client.connect();
    try {
      for (const [nr, sql] of statements.entries()) {
        if (sql.startsWith('BEGIN;')) {
          await client.query('ROLLBACK');
          await client.query(`${sql}; SET LOCAL plan_cache_mode = force_generic_plan`);
        }
        if (sql.startsWith('SAVEPOINT')) await client.query(sql);
        if (!/^(SELECT|WITH|INSERT|UPDATE|DELETE)\b/.test(sql) || !sql.includes('$')) continue;
        await client.query(`PREPARE statement_${nr} AS ${sql}`);
        const values = Math.max(...[...sql.matchAll(/\$(\d+)/g)].map(([, at]) => Number(at)));
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN EXECUTE statement_${nr} (${Array.from({ length: values }, () => 'NULL').join(', ')})`,
        );
        for (const row of rows) {
          const [, table] = /Seq Scan on (\w+?)(?:_\d[\d_]*)?(?: |$)/.exec(row['QUERY PLAN']) ?? [];
          if (table) tables.add(table);
        }
      }
      // Holds a row for each business whose queue is full.
      return [...tables].filter((table) => table !== 'queue_full').sort();
    } finally {
      await client.end();
    }
  }
});
