import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Statement, type Transaction, uuid7 } from '@assent/platform';
import { type ActFilter, AuditStore } from '../../libs/ledger/src/persistence/audit.store.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const COUNT = 20_000;
const DAY_MS = 86_400_000;

describe('pages of the audit log', () => {
  let database: TestDatabase;
  const now = Date.now();
  const longAgo = new Date(now - (COUNT / 2) * DAY_MS);

  beforeAll(async () => {
    database = await createTestDatabase();
    // One act a day, of a few people in a few chains.
    await database.sql(
      `INSERT INTO audit_act (ledger, seq, id, at, actor_kind, actor_id, name, outcome, subjects, subject_count, details, salt,
          previous_hash, hash)
        SELECT (lpad((nr % 10)::text, 8, '0') || '-0000-7000-8000-000000000000')::uuid, nr + 1, id, now(), 'ADMIN',
          (lpad((nr % 50)::text, 8, '0') || '-0000-7000-8000-000000000000')::uuid, 'act' || chr(97 + (nr % 20)::int), 'DONE',
          ARRAY['biz_' || nr], 1, '{}', sha256(nr::text::bytea), sha256(''), sha256(nr::text::bytea)
        FROM unnest($1::uuid[]) WITH ORDINALITY AS t (id, nr)`,
      [Array.from({ length: COUNT }, (_, nr) => uuid7(now - nr * DAY_MS))],
    );
    await database.sql('ANALYZE audit_act');
  });
  afterAll(() => database.drop());

  const ledger = '00000003-0000-7000-8000-000000000000';
  const actorId = '00000007-0000-7000-8000-000000000000';

  it.each<[string, ActFilter]>([
    ['all', {}],
    ['a chain', { ledger }],
    ['an actor', { actorId }],
    ['an operation', { name: 'actc' }],
    ['a subject', { subject: 'biz_77' }],
    ['what was long ago', { until: longAgo }],
    ['a chain long ago', { ledger, until: longAgo }],
    ['an actor long ago', { actorId, until: longAgo }],
    ['an operation long ago', { name: 'actc', until: longAgo }],
    [
      'an operation of an hour long ago',
      { name: 'actd', since: longAgo, until: new Date(+longAgo + 3_600_000) },
    ],
  ])('are read from an index: %s', async (_, filter) => {
    const asked: Statement[] = [];
    const tx = { rows: async (statement: Statement) => (asked.push(statement), []) };
    await new AuditStore().page(tx as unknown as Transaction, filter, 21, undefined);
    const [{ text, values }] = asked as [Statement];
    const plan = await database.sql<{ 'QUERY PLAN': any }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    const said = JSON.stringify(plan);
    expect(said).not.toContain('Seq Scan');
    // Next to nothing is read in vain.
    const inVain = [...said.matchAll(/"Rows Removed by (?:Filter|Index Recheck)":(\d+)/g)];
    expect(Math.max(0, ...inVain.map(([, rows]) => Number(rows)))).toBeLessThan(500);
  });
});
