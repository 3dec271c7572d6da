/** growth.people, growth.messages and growth.processes: the same load where there is more of something. */
import { createRawTable } from '../limits.ts';
import { Load } from '../load.ts';
import { Sending } from '../messages.ts';
import { PlatformProcess } from '../processes.ts';
import type { Run } from '../run.ts';
import type { Population } from '../population.ts';
import { businessUrl, openWorld, type World } from '../world.ts';
import { BATCHES_AT_ONCE } from './sending.ts';

const BATCH = 500;

/** A platform with very many people, and one with few. */
export async function measureGrowth(run: Run): Promise<void> {
  const { people, manyPeople, manyMessages } = run.form;
  await compareWorlds(run, 'growth.people', { people: manyPeople }, { people }, (large) => start(run, large));
  await compareWorlds(
    run,
    'growth.messages',
    { people, messages: manyMessages },
    { people },
    async (large) => {
      const { rows } = await large.owner.query<{ bytes: number }>(
        `SELECT sum(pg_total_relation_size(relid))::float8 AS bytes FROM pg_partition_tree('message') WHERE isleaf`,
      );
      run.fact('message.bytes', (rows[0]?.bytes ?? NaN) / manyMessages, 'bytes', 'stored, with its indexes');
    },
  );
}

async function compareWorlds(
  run: Run,
  key: 'growth.people' | 'growth.messages',
  many: Population,
  few: Population,
  look: (large: World) => Promise<void>,
): Promise<void> {
  const amount = (many.messages ?? many.people).toLocaleString('en');
  const of = many.messages ? 'stored messages' : 'people';
  run.say(`Seeding ${amount} ${of} …`);
  const seeding = performance.now();
  const large = await openWorld(run.server, many);
  run.say(`Seeded in ${Math.round((performance.now() - seeding) / 1_000)} s.`);
  const small = await openWorld(run.server, few);
  const ends: (() => Promise<void>)[] = [];
  const sender = (world: World) => {
    const load = new Load(world.url, world.apiKey, run.form.secondsEach);
    ends.push(() => load.close());
    const [business] = world.businesses;
    if (!business) throw new Error('There is no business');
    const contacts = anybody(business.contacts, few.people);
    const sending = new Sending(load, { ...business, contacts });
    return (seconds?: number) => load.run(BATCHES_AT_ONCE, () => sending.many(BATCH), BATCH, seconds);
  };
  try {
    const [inLarge, inSmall] = [sender(large), sender(small)];
    await inLarge(run.form.warmUpSeconds);
    await inSmall(run.form.warmUpSeconds);
    const limit = many.messages
      ? 'with none, messages/s'
      : `with ${few.people.toLocaleString('en')}, messages/s`;
    await run.compare(
      { key, unit: 'messages/s', limit, mustReach: 0.8, aim: 0.95 },
      inLarge,
      inSmall,
      `${amount} ${of}`,
      run.form.growthRounds,
    );
    await look(large);
  } finally {
    for (const end of ends) await end();
    await large.close();
    await small.close();
  }
}

/**
 * As many of the contacts, from all over: they lie in the order that people joined in. As many on both platforms, because the first message
 * to somebody costs more than the next: its place of reach, the key of its conversation.
 */
function anybody(contacts: readonly string[], count: number): string[] {
  const step = 7_919 * Math.floor(contacts.length / count);
  return Array.from({ length: count }, (_, at) => contacts[(at * step) % contacts.length] ?? '');
}

/** An API process that starts where there is much, until it accepted a message. */
async function start(run: Run, world: World): Promise<void> {
  const api = await PlatformProcess.start('api', world.environment);
  const load = new Load(businessUrl(api), world.apiKey, 0);
  try {
    const began = performance.now();
    const [business] = world.businesses;
    if (business) await new Sending(load, business).one();
    const ms = api.startedIn + performance.now() - began;
    run.fact('start.filled', ms, 'ms', `from the start of an API to its first accepted message`);
  } finally {
    await load.close();
    await api.stop();
  }
}

/** A second API process beside the first one; the load generator has the same two processors. */
export async function measureProcesses(run: Run, world: World): Promise<void> {
  await createRawTable(world.owner);
  const second = await PlatformProcess.start('api', world.environment);
  const loads = [world.url, businessUrl(second)].map(
    (url) => new Load(url, world.apiKey, run.form.secondsEach),
  );
  const [business] = world.businesses;
  const [one, other] = loads;
  if (!business || !one || !other) throw new Error('There is no business');
  const senders = [new Sending(one, business), new Sending(other, business)];
  const used = process.cpuUsage();
  const began = performance.now();
  try {
    let turn = 0;
    await other.run(8, () => senders[1]?.one() ?? Promise.resolve(), 1, 1); // warm-up
    await run.compare(
      {
        key: 'growth.processes',
        unit: 'messages/s',
        limit: 'one process, messages/s',
        mustReach: null,
        aim: null,
      },
      () => one.run(64, () => senders[turn++ % 2]?.one() ?? Promise.resolve(), 1),
      () => one.run(64, () => senders[0]?.one() ?? Promise.resolve(), 1),
    );
    const { user, system } = process.cpuUsage(used);
    const share = (user + system) / 1_000 / (performance.now() - began);
    run.fact('growth.processes.load', share, 'processors', 'what the load generator itself took meanwhile');
  } finally {
    for (const load of loads) await load.close();
    await second.stop();
  }
}
