import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDataSource, type RoundTripClient, type Statement } from '@assent/platform';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { socketOf } from '../support/plant-fault.js';

const READY_FOR_QUERY = 'Z'.charCodeAt(0);
const HEADER_BYTES = 5;
const RUNS = 60;

/** What may be asked in a turn, and what becomes of it. */
interface Kind {
  ask: (at: number) => Promise<unknown>;
  gives?: (at: number) => unknown[];
  fails?: string;
  /** What is asked behind it is another round trip, which no failure before it concerns. */
  apart?: true;
  waits?: true;
}

let database: TestDatabase;
let source: ReturnType<typeof createDataSource>;
let client: RoundTripClient;

beforeAll(async () => {
  database = await createTestDatabase();
  source = createDataSource(database.appUrl, { name: 'assent-test', poolSize: 1 });
  await source.initialize();
  client = (await source.createQueryRunner().connect()) as RoundTripClient;
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const sum = (one: number, other: number): Statement => ({
  name: 'sum',
  text: 'SELECT $1::int + $2::int AS sum',
  values: [one, other],
});
const failing: Statement = { text: 'SELECT 1 / 0 AS never' };

const KINDS: Record<string, Kind> = {
  prepared: { ask: (at) => client.ask(sum(at, 1)), gives: (at) => [{ sum: at + 1 }] },
  unprepared: {
    ask: (at) => client.ask({ text: 'SELECT $1::int AS plain', values: [at] }),
    gives: (at) => [{ plain: at }],
  },
  failing: { ask: () => client.ask(failing), fails: 'division by zero' },
  unparsable: {
    ask: (at) => client.ask({ name: `unparsable-${at}`, text: 'SELEC' }),
    fails: 'syntax error at or near "SELEC"',
  },
  others: {
    ask: (at) => client.query('SELECT $1::int AS other', [at]),
    gives: (at) => [{ other: at }],
    apart: true,
  },
  script: {
    ask: () => client.script('SET LOCAL a.a = 1; SELECT 2 AS two').then(last),
    gives: () => [{ two: 2 }],
    apart: true,
  },
  nextTurn: { ask: () => new Promise(setImmediate), apart: true, waits: true },
  answeredSoon: { ask: async () => client.answerSoon() },
};
const last = (results: unknown) => (results as unknown[]).at(-1);

/** What a statement gives, or the message of what it fails with. */
const outcome = async (asked: Promise<unknown>) =>
  asked.then(
    (answered) => (answered as { rows: unknown[] }).rows,
    (error: unknown) => (error as Error).message,
  );

/** How often PostgreSQL was ready for the next round trip meanwhile: it tells of each in a packet. */
async function roundTripsOf(work: () => Promise<unknown>): Promise<number> {
  const socket = socketOf(client);
  const packets: Buffer[] = [];
  const see = (packet: Buffer) => packets.push(packet);
  socket.on('data', see);
  await work();
  socket.off('data', see);
  const answers = Buffer.concat(packets);
  let trips = 0;
  for (let at = 0; at + HEADER_BYTES <= answers.length; at += 1 + answers.readInt32BE(at + 1)) {
    if (answers[at] === READY_FOR_QUERY) trips += 1;
  }
  return trips;
}

describe('statements of one turn', () => {
  it('are one round trip, and each is answered its own', async () => {
    const asked = async () => {
      const answers = await Promise.all([
        client.ask(sum(1, 2)),
        client.ask({ text: 'SELECT FROM generate_series(1, 3)' }),
        client.ask({ name: 'none', text: 'SET application_name = none' }),
        client.ask(sum(3, 4)),
      ]);
      expect(answers).toEqual([
        { rows: [{ sum: 3 }], count: 1 },
        { rows: [{}, {}, {}], count: 3 },
        { rows: [], count: 0 },
        { rows: [{ sum: 7 }], count: 1 },
      ]);
    };
    expect(await roundTripsOf(asked)).toBe(1);
    expect(await roundTripsOf(asked)).toBe(1); // now that it is known what columns they have
  });

  it('take what comes behind a failure with them, and nothing else', async () => {
    const answers = [
      client.ask(sum(1, 1)),
      client.ask(failing),
      client.ask({ name: 'skipped', text: 'SELECT 5 AS five' }),
      client.ask(sum(2, 2)),
    ];
    const later = answers[3]?.catch(() => client.ask({ name: 'skipped', text: 'SELECT 5 AS five' }));
    expect(await Promise.all(answers.map(outcome))).toEqual([
      [{ sum: 2 }],
      'division by zero',
      'division by zero',
      'division by zero',
    ]);
    expect((await later)?.rows).toEqual([{ five: 5 }]);
    expect((await client.ask(sum(3, 3))).rows).toEqual([{ sum: 6 }]);
  });

  it('fail by themselves where a value can not be sent', async () => {
    const circular: { itself?: unknown } = {};
    circular.itself = circular;
    const answers = [
      client.ask(sum(1, 1)),
      client.ask({ text: 'SELECT $1::jsonb', values: [circular] }),
      client.ask(sum(2, 2)),
    ];
    const [before, unsendable, behind] = await Promise.all(answers.map(outcome));
    expect([before, behind]).toEqual([[{ sum: 2 }], [{ sum: 4 }]]);
    expect(unsendable).toMatch('circular');
    // Also where nothing else is asked with it.
    expect(await outcome(client.ask({ text: 'SELECT $1::jsonb', values: [circular] }))).toMatch('circular');
    expect((await client.ask(sum(3, 3))).rows).toEqual([{ sum: 6 }]);
  });

  it('may be answered before what is asked behind them', async () => {
    const order: string[] = [];
    const first = client.ask(sum(1, 1)).then(() => order.push('first'));
    client.answerSoon();
    const slow = client.ask({ text: 'SELECT pg_sleep(0.5)' }).then(() => order.push('slow'));
    await first;
    expect(order).toEqual(['first']);
    await slow;
  });

  it('are answered as ever, whatever else is asked in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.values(KINDS)), { maxLength: 12 }),
        async (asked) => {
          const answers: Promise<unknown>[] = [];
          const expected: unknown[] = [];
          let failure: string | undefined;
          for (const [at, kind] of asked.entries()) {
            if (kind.apart) failure = undefined;
            if (kind.fails) failure ??= kind.fails;
            const answer = kind.ask(at);
            if (kind.waits) await answer;
            if (!kind.gives && !kind.fails) continue;
            answers.push(outcome(answer));
            expected.push(failure ?? kind.gives?.(at));
          }
          expect(await Promise.all(answers)).toEqual(expected);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
