import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { aBusiness } from '../support/builders/accounts.js';
import { aGatewaySecret, allowSms, dueNow, handOffs, reached } from '../support/builders/carriers.js';
import { messagesWith } from '../support/builders/conversations.js';
import { dispatchAll } from '../support/builders/dispatch.js';
import { customersWith, match } from '../support/builders/matching.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { aReceiver, anEndpoint, anSmsGateway, type Receiver } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { type Sent, sentBy, statementsOf } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

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
    ['messages', () => business.do('{ messages(first: 10) { nodes { id text } } }')],
    ['messages with somebody', () => messagesWith(business, reachable.contact)],
    ['events', () => business.do('{ events(first: 10) { nodes { id } } }')],
    ['an inbox', () => reachable.person.api.do('{ inbox(first: 10) { nodes { id text } } }')],
  ];

  it.each(works)('%s is looked up by index', async (_, work) => {
    expect(await readWhole(platform, await statementsOf(work))).toEqual([]);
  });

  it('would be read whole where plans were made as ever', async () => {
    const statements: string[] = [];
    for (const [, work] of works) statements.push(...(await statementsOf(work)));
    const asEver = statements.map((sql) => sql.replace(/; SET LOCAL enable_\w+ = off/g, ''));
    expect(await readWhole(platform, asEver)).toEqual(
      expect.arrayContaining(['contact', 'inbox_entry', 'match_spend', 'reach_place']),
    );
  });
});

describe('statements about one row', () => {
  let platform: TestPlatform;
  let sent: Sent[];
  let statements: string[];

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    const business = platform.business((await aBusiness(platform)).apiKey);
    const [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
    const { api } = reachable.person;
    const sendAndRead = async () => {
      await send(business, reachable.contact);
      await dispatchAll(platform);
      const { inbox } = await api.do('{ inbox(first: 1) { nodes { id text } } }');
      for (const receipt of ['DELIVERED', 'READ']) {
        await api.do('mutation ($input: AcknowledgeInput!) { acknowledge(input: $input) { acknowledged } }', {
          input: { messages: [inbox.nodes[0].id], receipt },
        });
      }
    };
    await sendAndRead();
    // It is then known what one row costs, and what ten do.
    await platform.database.sql('ANALYZE');
    sent = await sentBy(sendAndRead);
    statements = sent.map(({ sql }) => sql);
  });
  afterAll(() => platform.stop());

  it('are prepared', () => {
    expect(sent.filter(({ sql, named }) => sql.includes('$') && !named)).toEqual([]);
  });

  it('are not planned anew each time', async () => {
    expect(await plannedAnew(platform, statements)).toEqual([]);
  });

  it('would be if the planner saw how few they are', async () => {
    const seen = statements.map((sql) => sql.replace(/\(SELECT (\$\d+::\w+\[\])\)/g, '$1'));
    const anew = (await plannedAnew(platform, seen)).join();
    for (const table of ['conversation_queue', 'consent_state']) expect(anew).toContain(table);
  });
});

describe('queues that are known to be empty', () => {
  const QUEUES = ['conversation_queue', 'hand_off', 'message_wait', 'webhook_delivery'];
  let platform: TestPlatform;
  let gateway: Receiver;
  let hooks: Receiver;
  let statements: string[];

  beforeAll(async () => {
    [gateway, hooks] = [await anSmsGateway(), await aReceiver()];
    platform = await startPlatform({
      PAIR_BURST: '1000',
      SMS_GATEWAY_URL: gateway.url,
      SMS_GATEWAY_SECRETS: aGatewaySecret(),
    });
    const owner = await aBusiness(platform);
    await anEndpoint(platform.business(owner.token), hooks.url);
    const business = platform.business(owner.apiKey);
    const [reachable] = (await reachablePeople(platform, business, 1)) as [Reachable];
    await allowSms(reachable.person.api);
    const sendEverywhere = async (times: number) => {
      await send(business, reachable.contact);
      await reached(hooks, times);
      await dueNow(platform);
      await reached(gateway, times);
      await until('it was noted', async () =>
        (await handOffs(platform)).every(({ state }) => state === 'HANDED'),
      );
    };
    // They have pages then, and no more than a row.
    await sendEverywhere(1);
    await platform.database.sql(`ANALYZE ${QUEUES.join()}`);
    const sent = await statementsOf(() => sendEverywhere(2));
    // The plans of the others are not kept.
    let lookUps = false;
    statements = sent.filter((sql) => {
      if (sql.startsWith('BEGIN;')) lookUps = sql.includes('enable_seqscan = off');
      return lookUps;
    });
  });
  afterAll(async () => {
    await platform.stop();
    await Promise.all([gateway[Symbol.asyncDispose](), hooks[Symbol.asyncDispose]()]);
  });

  const queuesOf = async (sent: readonly string[]) =>
    (await readWhole(platform, sent, 'Index Cond')).filter((table) => QUEUES.includes(table));

  it('are looked up by key and place', async () => {
    expect(await queuesOf(statements)).toEqual([]);
  });

  it('would be read whole by joins', async () => {
    const joined = statements.map((sql) =>
      sql.replace(/ LIMIT 1 +(?:FOR NO KEY UPDATE)?(?=\s*\) \w\b)/g, ''),
    );
    expect(await queuesOf(joined)).toEqual(QUEUES);
  });
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: PlanNode[];
}

/**
 * The tables that a plan which does not know the values reads from the first row to the last: by their pages, and, where asked for, by an index
 * without a condition.
 */
async function readWhole(
  platform: TestPlatform,
  statements: readonly string[],
  condition?: 'Index Cond',
): Promise<string[]> {
  const tables = new Set<string>();
  const visit = (node: PlanNode): void => {
    const isWhole = node['Node Type'] === 'Seq Scan' || (condition && node['Index Name'] && !node[condition]);
    // Without the number of a partition.
    if (isWhole && node['Relation Name']) tables.add(node['Relation Name'].replace(/_\d[\d_]*$/, ''));
    node.Plans?.forEach(visit);
  };
  await eachPrepared(platform, statements, async (client, types) => {
    await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) EXECUTE prepared (${types.map(() => 'NULL').join(', ')})`,
    );
    rows.forEach((row) => visit(row['QUERY PLAN'][0].Plan));
  });
  // Holds a row for each business whose queue is full.
  return [...tables].filter((table) => table !== 'queue_full').sort();
}

/** Statements on one table or a join that are planned for their values every time, also after the first five, where their lists have one element. */
async function plannedAnew(platform: TestPlatform, statements: readonly string[]): Promise<string[]> {
  const anew: string[] = [];
  await eachPrepared(platform, statements, async (client, types, sql) => {
    if (!/^(SELECT|INSERT|UPDATE)/.test(sql)) return;
    const values = types.map((type) => (type.endsWith('[]') ? `ARRAY[NULL]::${type}` : 'NULL'));
    for (let time = 0; time < 8; time++)
      await client.query(`EXPLAIN EXECUTE prepared (${values.join(', ')})`);
    const { rows } = await client.query<{ custom: number }>(
      'SELECT custom_plans::int AS custom FROM pg_prepared_statements',
    );
    if (rows.some(({ custom }) => custom > 5)) anew.push(sql);
  });
  return anew;
}

/** Prepares each statement that has parameters, in the transaction that it was sent in, and asks something about it. */
async function eachPrepared(
  { database }: TestPlatform,
  statements: readonly string[],
  ask: (client: pg.Client, types: string[], sql: string) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  try {
    for (const sql of statements) {
      if (sql.startsWith('BEGIN;')) await client.query(`ROLLBACK; ${sql}`);
      if (/^(SAVEPOINT|SET LOCAL)\b/.test(sql)) await client.query(sql);
      if (!/^(SELECT|WITH|INSERT|UPDATE|DELETE)\b/.test(sql) || !sql.includes('$')) continue;
      await client.query(`PREPARE prepared AS ${sql}`);
      const { rows } = await client.query<{ types: string[] }>(
        'SELECT parameter_types::text[] AS types FROM pg_prepared_statements',
      );
      await ask(client, rows[0]?.types ?? [], sql);
      await client.query('DEALLOCATE prepared');
    }
  } finally {
    await client.end();
  }
}
