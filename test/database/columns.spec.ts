import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BIGINT,
  BOOLEAN,
  BYTEA,
  column,
  type ColumnType,
  HEX,
  INTEGER,
  SMALLINT,
  TEXT,
  TIME,
  UUID,
  uuid7,
} from '@assent/platform';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** Values of a type, and what PostgreSQL gives back of them. */
interface Kind<Value> {
  name: string;
  type: ColumnType<Value>;
  values: fc.Arbitrary<Value>;
  read?: (value: Value) => unknown;
}

const kind = <Value>(of: Kind<Value>): Kind<unknown> => of as Kind<unknown>;
const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array));

/** Within 285 years of 2000; to the millisecond, as all of our times are. */
const times = fc.date({
  min: new Date('1715-01-01T00:00:00Z'),
  max: new Date('2285-01-01T00:00:00Z'),
  noInvalidDate: true,
});

const KINDS = [
  kind({ name: 'boolean', type: BOOLEAN, values: fc.boolean() }),
  kind({ name: 'bytea', type: BYTEA, values: bytes }),
  kind({
    name: 'bytea',
    type: HEX,
    values: bytes.map((some) => some.toString('hex')),
    read: (hex) => Buffer.from(hex, 'hex'),
  }),
  kind({ name: 'bigint', type: BIGINT, values: fc.maxSafeInteger() }),
  kind({ name: 'smallint', type: SMALLINT, values: fc.integer({ min: -32_768, max: 32_767 }) }),
  kind({ name: 'integer', type: INTEGER, values: fc.integer() }),
  kind({
    name: 'text',
    type: TEXT,
    values: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
  }),
  kind({ name: 'timestamptz', type: TIME, values: times }),
  kind({ name: 'uuid', type: UUID, values: fc.nat(2 ** 40).map((ms) => uuid7(ms)) }),
];

describe('columns of a batch', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each(KINDS)(
    'of $name are read by PostgreSQL as they were written',
    async ({ name, type, values, read }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.option(values, { nil: null }), { maxLength: 20 }), async (items) => {
          const rows = await database.sql<{ value: unknown }>(
            `SELECT value FROM unnest($1::${name}[]) WITH ORDINALITY AS written (value, nr) ORDER BY nr`,
            [column(type, items, (item) => item)],
          );
          const expected = items.map((item) => (item === null || !read ? item : read(item)));
          expect(rows.map(({ value }) => value)).toEqual(expected);
        }),
        { numRuns: 50 },
      );
    },
  );

  it('of another type than the statement says are refused', async () => {
    const numbers = column(INTEGER, [1], (number) => number);
    await expect(database.sql('SELECT unnest($1::bigint[])', [numbers])).rejects.toThrow(
      'instead of expected 20 (bigint)',
    );
  });
});
