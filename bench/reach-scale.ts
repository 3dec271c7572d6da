/**
 * `npm run bench:reach`: that a decision takes as long with 100,000 people reached in 24 hours as with 100. Rounds of
 * both alternate, so that a shared, noisy machine does not matter.
 */
import { Load } from './load.ts';
import { TEMPLATE } from './seed-sender.ts';
import { createWorld } from './world.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 3);
const MOST = 1.1;
const FEW = 100;
const MANY = 100_000;
const BATCH = 100;
const SEND = `mutation ($input: SendMessagesInput!) { sendMessages(input: $input) { results { __typename } } }`;

const world = await createWorld(20_000);
const load = new Load(world.url, world.apiKey, SECONDS);
try {
  let next = 0;
  const send = async () => {
    const messages = Array.from({ length: BATCH }, () => ({
      contact: world.contacts[next++ % world.contacts.length],
      template: TEMPLATE,
      idempotencyKey: `reach-${next}`,
    }));
    const { sendMessages } = await load.send<{ sendMessages: { results: { __typename: string }[] } }>(SEND, {
      input: { messages },
    });
    if (sendMessages.results.some(({ __typename }) => __typename !== 'AcceptedMessage'))
      throw new Error('A message was not accepted');
  };
  /** As if so many people had been reached in the last hours; those of this bench hold their places already. */
  const reached = async (people: number) => {
    await world.owner.query('DELETE FROM reach_place');
    await world.owner.query(
      `INSERT INTO reach_place (business_id, taken_at, contact_id)
        SELECT b.id, assent_now() - interval '1 hour' - nr * interval '10 milliseconds', gen_random_uuid()
        FROM business b, generate_series(1, $1::int) nr`,
      [people],
    );
    await world.owner.query('UPDATE business_guard SET reach_used = $1', [people]);
    await world.owner.query('VACUUM ANALYZE reach_place');
  };
  for (const _ of world.contacts.slice(0, world.contacts.length / BATCH)) await send(); // everybody is reached once
  const perMessage: Record<number, number[]> = { [FEW]: [], [MANY]: [] };
  for (let round = 1; round <= ROUNDS; round++) {
    for (const people of round % 2 ? [FEW, MANY] : [MANY, FEW]) {
      await reached(people);
      perMessage[people]?.push(1e6 / (await load.run(2, send, BATCH)));
    }
    console.log(`Round ${round} of ${ROUNDS} is done.`);
  }
  const [few, many] = [FEW, MANY].map((people) => median(perMessage[people] ?? [])) as [number, number];
  console.log(
    `\n${FEW} reached: ${few.toFixed(0)} µs a message; ${MANY.toLocaleString('en')} reached: ${many.toFixed(0)} µs`,
  );
  console.log(`ratio ${(many / few).toFixed(3)}, at most ${MOST}`);
  if (many / few > MOST) process.exitCode = 1;
} finally {
  await load.close();
  await world.close();
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
