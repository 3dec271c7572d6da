import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DispatchMessages } from '@assent/messaging';
import { parsePublicId, uuid7 } from '@assent/platform';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { aCrowd, type CrowdMember } from '../support/builders/crowd.js';
import { dispatchAll, inboxOf } from '../support/builders/dispatch.js';
import { aMessage, matchAll, send, sendAll, wasAccepted } from '../support/builders/messaging.js';
import { aPerson, type TestPerson } from '../support/builders/people.js';
import { withoutQuietHours } from '../support/builders/policy.js';
import { byDueTimeAlone, plantFault, watchStatements } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** More than ten claims take. */
const CROWD = 2_400;
const BATCH = 500;
/** PostgreSQL's: after five plans of its own for a statement's values it makes one for any values (choose_custom_plan). */
const USES_BEFORE_A_PLAN_IS_KEPT = 6;

describe('who goes first', () => {
  let platform: TestPlatform;
  let busy: TestBusiness;
  let other: TestBusiness;
  let crowd: CrowdMember[];
  let person: TestPerson;
  let contact: { busy: string; other: string };
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform(
      { REACH_TIERS: '100000,100001,100002,100003', PAIR_BURST: '1000' },
      { worker: false },
    );
    await withoutQuietHours(platform.admin());
    [busy, other] = [await aBusiness(platform), await aBusiness(platform)];
    crowd = await aCrowd(platform, CROWD, [busy]);
    person = await aPerson(platform);
    const [ofBusy] = await matchAll(platform.business(busy.apiKey), [person]);
    const [ofOther] = await matchAll(platform.business(other.apiKey), [person]);
    contact = { busy: ofBusy!.contact, other: ofOther!.contact };
    await person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
  });
  afterEach(async () => {
    heal();
    heal = () => undefined;
    await dispatchAll(platform);
  });
  afterAll(() => platform.stop());

  /** A message of the busy business to each of so many. */
  async function queue(people: number, purpose: string): Promise<void> {
    for (let from = 0; from < people; from += BATCH) {
      const batch = crowd.slice(from, Math.min(people, from + BATCH));
      const messages = batch.map(({ contacts: [to] }) => aMessage(to!, { purpose }));
      const results = await sendAll(platform.business(busy.apiKey), messages);
      expect(results.every(wasAccepted)).toBe(true);
    }
  }

  /** Sends one message to the person. @returns how many rounds of a worker it takes until they see it */
  async function roundsUntilSeen(by: 'busy' | 'other', purpose: string): Promise<number> {
    const before = (await inboxOf(person)).length;
    const { apiKey } = by === 'busy' ? busy : other;
    expect(wasAccepted(await send(platform.business(apiKey), contact[by], { purpose }))).toBe(true);
    const worker = platform.app.get(DispatchMessages, { strict: false });
    for (let round = 1; ; round++) {
      if (!(await worker.execute())) throw new Error('It was never seen');
      if ((await inboxOf(person)).length > before) return round;
    }
  }

  it('takes what is urgent first, in the next round but one at the latest', async () => {
    await queue(1_000, 'SERVICE');
    expect(await roundsUntilSeen('busy', 'AUTHENTICATION')).toBeLessThanOrEqual(2);
  });

  it('leaves what is less urgent its share: within ten rounds MARKETING goes, whatever is queued before it', async () => {
    await queue(CROWD, 'AUTHENTICATION');
    expect(await roundsUntilSeen('busy', 'MARKETING')).toBeLessThanOrEqual(10);
    expect(await queued()).toBeGreaterThan(0);
  });

  it('takes a single message of one business beside the many of another', async () => {
    await queue(1_000, 'SERVICE');
    expect(await roundsUntilSeen('other', 'SERVICE')).toBeLessThanOrEqual(2);
    expect(await queued()).toBeGreaterThan(0);
  });

  it('ranks a conversation by what is due in it, not by what is scheduled', async () => {
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const business = platform.business(busy.apiKey);
    await send(business, contact.busy, { purpose: 'AUTHENTICATION', sendAt });
    expect(await priorities()).toEqual(['AUTHENTICATION']);
    await send(business, contact.busy, { purpose: 'MARKETING' });
    expect(await priorities()).toEqual(['MARKETING']);
    await send(business, contact.busy, { purpose: 'SERVICE' });
    expect(await priorities()).toEqual(['SERVICE']);
    await dispatchAll(platform);
    expect(await priorities()).toEqual(['AUTHENTICATION']);
  });

  it.each([
    ['nothing', 0],
    ['much', CROWD],
  ])('looks up by index whom to take next, where %s is queued', async (_, people) => {
    await queue(people, 'SERVICE');
    let claim = '';
    heal = watchStatements(({ sql }) => {
      if (sql.startsWith('WITH RECURSIVE now AS')) claim = sql;
    });
    await platform.app.get(DispatchMessages, { strict: false }).execute();
    const used = await indexesOf(claim);
    // What is due at all, then four look-ups for each priority, and the rows that were found, by their places.
    expect(used).toEqual([
      'conversation_due',
      ...Array.from({ length: 12 }, () => 'conversation_turn'),
      'Tid Scan',
    ]);
  });

  it('finds by index what it claimed of a queue that has become long, over connections that knew it empty', async () => {
    await dispatchAll(platform);
    await platform.database.sql('VACUUM ANALYZE conversation_queue');
    await queue(1, 'SERVICE');
    let opening = '';
    const reading: string[] = [];
    heal = watchStatements(({ sql }) => {
      // Of the engine: requests before are settled by another role meanwhile.
      if (sql.startsWith('BEGIN;') && sql.includes('ROLE assent_engine; SET LOCAL enable_seqscan'))
        opening = sql;
      else if (opening && sql.includes('FROM conversation_queue q WHERE q.lane = claim.lane'))
        reading.push(sql);
    });
    await dispatchAll(platform);
    heal();
    expect(reading.length).toBeGreaterThan(3);
    expect(await waysAfter(opening, reading)).toEqual(new Set(['Index Scan']));
    // The fault: plans are kept, as they are elsewhere.
    const kept = opening.replace(/; SET LOCAL enable_\w+ = off/g, '');
    expect(await waysAfter(kept, reading)).toContain('Seq Scan');
  });

  it.each([
    ['urgent messages', 'busy', 'AUTHENTICATION'],
    ['messages of others', 'other', 'SERVICE'],
  ] as const)('would notice if %s waited for all that was due before', async (_, by, purpose) => {
    await queue(1_000, 'SERVICE');
    heal = plantFault(byDueTimeAlone);
    expect(await roundsUntilSeen(by, purpose)).toBeGreaterThan(2);
  });

  /** Which index each reading of the queue uses, whatever values it is asked with. */
  async function indexesOf(claim: string): Promise<string[]> {
    const client = new pg.Client({ connectionString: platform.database.appUrl });
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE assent_engine; SET LOCAL plan_cache_mode = force_generic_plan;
        SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off;
        SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; PREPARE claim AS ${claim}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN EXECUTE claim (200, 'AUTHENTICATION', 'SERVICE', 'MARKETING', '${uuid7(0)}', '${uuid7(0)}', '${uuid7(0)}')`,
      );
      // Found in the order in which it is looked for: sorting would read all that is due.
      expect(rows.filter((row) => /Sort Key: q/.test(row['QUERY PLAN']))).toEqual([]);
      return rows.flatMap((row) => {
        const found = /(?:Scan using (\w+)|(Tid Scan)) on conversation_queue/.exec(row['QUERY PLAN']);
        return found?.[1] ?? found?.[2] ?? [];
      });
    } finally {
      await client.end();
    }
  }

  /** As many claims as a round has, for each of a statement's parameters. */
  function valuesOf(sql: string): string {
    const types = new Map(
      [...sql.matchAll(/\$(\d+)(?:::([\w]+)\[\])?/g)].map(([, nr, type]) => [Number(nr), type]),
    );
    return Array.from({ length: Math.max(...types.keys()) }, (_, at) => types.get(at + 1))
      .map((type) => (type ? `array_fill(NULL::${type}, ARRAY[200])` : '1'))
      .join(', ');
  }

  /** How statements about claims find these in a queue that has become long since they were prepared and used. */
  async function waysAfter(opening: string, reading: string[]): Promise<Set<string>> {
    const client = new pg.Client({ connectionString: platform.database.appUrl });
    await client.connect();
    try {
      await client.query(opening);
      for (const [nr, sql] of reading.entries()) {
        await client.query(`PREPARE reading_${nr} AS ${sql}`);
        for (let use = 0; use < USES_BEFORE_A_PLAN_IS_KEPT; use++)
          await client.query(`EXECUTE reading_${nr} (${valuesOf(sql)})`);
      }
      await platform.database.sql(
        `INSERT INTO conversation_queue (lane, person_id, contact_id, business_id, next_seq, since_id, due_at, priority)
         SELECT nr % 1024, gen_random_uuid(), gen_random_uuid(), $1, 1, gen_random_uuid(), now() + interval '1 hour', 'SERVICE'
         FROM generate_series(1, 20000) nr`,
        [parsePublicId('biz', busy.id)],
      );
      const ways = new Set<string>();
      for (const [nr, sql] of reading.entries()) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN EXECUTE reading_${nr} (${valuesOf(sql)})`,
        );
        for (const row of rows) {
          const [, way] = /(\w+ Scan)(?: using \w+)? on conversation_queue/.exec(row['QUERY PLAN']) ?? [];
          if (way) ways.add(way);
        }
      }
      return ways;
    } finally {
      await client.end();
      await platform.database.sql(
        `DELETE FROM conversation_queue WHERE due_at > now() + interval '30 minutes'`,
      );
      await platform.database.sql('VACUUM ANALYZE conversation_queue');
    }
  }

  const queued = async () => (await platform.database.sql('SELECT FROM conversation_queue')).length;
  const priorities = async () =>
    (await platform.database.sql<{ priority: string }>('SELECT priority FROM conversation_queue')).map(
      ({ priority }) => priority,
    );
});
