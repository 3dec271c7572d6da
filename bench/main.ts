/**
 * `npm run bench`: how close sending comes to what the machine and its database could do at all.
 *
 * Each figure is divided by a limit that is measured in the same run, alternating with it, so that a shared, noisy
 * machine does not matter. Prints a table and writes bench/results/latest.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { createRawTable, noOp, rawInsert } from './limits.ts';
import { Load } from './load.ts';
import { createWorld } from './world.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);
const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 100_000);
const PARAMETERS = [
  { name: 'name', value: 'Ada Nord' },
  { name: 'n', value: '3' },
  { name: 'total', value: '123.45 EUR' },
  { name: 'day', value: '2026-12-01' },
];

const SEND_ONE = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }`;
const SEND_MANY = `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { __typename } } }`;

interface Sent {
  __typename: string;
}

interface Figure {
  key: string;
  unit: string;
  limit: string;
  mustReach: number;
  values: number[];
  limits: number[];
}

console.log(`Seeding ${PEOPLE.toLocaleString('en')} people …`);
const world = await createWorld(PEOPLE);
const load = new Load(world.url, world.apiKey, SECONDS);
try {
  await createRawTable(world.owner);
  let next = 0;
  let keys = 0;
  const message = () => ({
    contact: world.contacts[next++ % world.contacts.length],
    template: { name: 'order-left', parameters: PARAMETERS },
    idempotencyKey: `bench-${++keys}`,
  });
  const accepted = (typename: unknown) => {
    if (typename !== 'AcceptedMessage') throw new Error(`A message was not accepted: ${String(typename)}`);
  };
  const sendOne = async () => {
    const { sendMessage } = await load.send<{ sendMessage: Sent }>(SEND_ONE, { input: message() });
    accepted(sendMessage.__typename);
  };
  const sendMany = async () => {
    const { sendMessages } = await load.send<{ sendMessages: { results: Sent[] } }>(SEND_MANY, {
      input: { messages: Array.from({ length: 500 }, message) },
    });
    for (const { __typename } of sendMessages.results) accepted(__typename);
  };

  const single: Figure = figure('send.single', 'messages/s', 'no-op mutation', 0.6);
  const batch: Figure = figure('send.batch500', 'messages/s', 'raw INSERT', 0.15);
  await load.run(64, sendOne, 1); // warm-up
  for (let round = 1; round <= ROUNDS; round++) {
    single.limits.push(await noOp(load));
    single.values.push(await load.run(64, sendOne, 1));
    batch.limits.push(await rawInsert(world, SECONDS));
    batch.values.push(await load.run(4, sendMany, 500));
    console.log(`Round ${round} of ${ROUNDS} is done.`);
  }
  report([single, batch]);
} finally {
  await load.close();
  await world.close();
}

function figure(key: string, unit: string, limit: string, mustReach: number): Figure {
  return { key, unit, limit, mustReach, values: [], limits: [] };
}

function report(figures: Figure[]): void {
  const rows = figures.map(({ key, unit, limit, mustReach, values, limits }) => {
    const ratios = values.map((value, at) => value / (limits[at] ?? NaN));
    return {
      key,
      value: median(values),
      unit,
      limit: { name: limit, value: median(limits) },
      ratio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
      mustReach,
    };
  });
  console.log(
    `\n${'figure'.padEnd(16)}${'value'.padStart(18)}${'limit'.padStart(32)}${'ratio'.padStart(8)}${'spread'.padStart(14)}${'must'.padStart(7)}`,
  );
  for (const { key, value, unit, limit, ratio, spread, mustReach } of rows) {
    const values = `${Math.round(value).toLocaleString('en')} ${unit}`;
    const against = `${limit.name} ${Math.round(limit.value).toLocaleString('en')}/s`;
    const range = spread.map((end) => end.toFixed(2)).join('–');
    console.log(
      `${key.padEnd(16)}${values.padStart(18)}${against.padStart(32)}${ratio.toFixed(2).padStart(8)}${range.padStart(14)}${mustReach.toFixed(2).padStart(7)}`,
    );
  }
  mkdirSync('bench/results', { recursive: true });
  const machine = {
    processors: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    node: process.version,
  };
  writeFileSync(
    'bench/results/latest.json',
    `${JSON.stringify({ machine, rounds: ROUNDS, secondsEach: SECONDS, people: PEOPLE, figures: rows }, null, 2)}\n`,
  );
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
