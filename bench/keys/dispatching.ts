/** dispatch.inapp, stop.latency, and the time from accepting to the device. */
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { Devices } from '../devices.ts';
import { percentile, Rounds } from '../figures.ts';
import { createRawTable, rawInsert } from '../limits.ts';
import { Load } from '../load.ts';
import { Sending } from '../messages.ts';
import { PlatformProcess } from '../processes.ts';
import type { Run } from '../run.ts';
import type { Business } from '../population.ts';
import { measureReceipts } from './receipts.ts';
import { BATCHES_AT_ONCE } from './sending.ts';
import { personUrl, type World } from '../world.ts';

const BATCH = 500;
/** People who hold a subscription. */
const FOLLOWING = 50;
/** Messages a second, one by one, where a run did not measure that. */
const RATE_UNKNOWN = 1_000;
/** So many messages take a worker longer to dispatch than a stop takes meanwhile. */
const QUEUED_FOR_A_STOP = 450;
const STOP = 'mutation ($input: StopInput!) { stop(input: $input) { eventId } }';

/** Everything with a worker. Before it, sending has left messages in the queue. */
export async function measureDispatching(run: Run, world: World): Promise<void> {
  await createRawTable(world.owner);
  const devices = await Devices.follow(personUrl(world.api), world.tokens.slice(0, FOLLOWING));
  try {
    await dispatchQueued(run, world, devices);
    const worker = await PlatformProcess.start('worker', world.environment);
    try {
      await drained(world); // what the rounds left
      if (run.form.memorySeconds > 0) {
        await timeToDevice(run, world, devices);
        await drained(world);
        await measureReceipts(run, world);
        await watchMemory(run, world, worker);
        await drained(world);
      }
    } finally {
      await worker.stop();
    }
    await stopUnderLoad(run, world);
  } finally {
    await devices.close();
  }
}

/** A worker for each round, timed from its first message on; it is none's fault how long Node takes to start. */
async function dispatchQueued(run: Run, world: World, devices: Devices): Promise<void> {
  const { secondsEach } = run.form;
  const load = new Load(world.url, world.apiKey, secondsEach);
  const sending = new Sending(load, senderOf(world));
  try {
    await run.compare(
      { key: 'dispatch.inapp', unit: 'messages/s', limit: 'raw INSERT rows/s', mustReach: 0.12, aim: 0.25 },
      async () => {
        const enough = Math.min(15_000 * secondsEach, world.contacts.length * 0.9);
        while ((await queued(world)) < enough) await fillQueue(sending, BATCHES_AT_ONCE * BATCH);
        const worker = await dispatchingWorker(world);
        try {
          const before = await visible(world);
          const began = performance.now();
          while (performance.now() - began < secondsEach * 1_000 && (await anyQueued(world))) await wait(100);
          const seconds = (performance.now() - began) / 1_000;
          return ((await visible(world)) - before) / seconds;
        } finally {
          await worker.stop();
        }
      },
      () => rawInsert(world.owner, secondsEach),
    );
    const sent = await count(
      world.owner,
      `SELECT count(*)::int AS n FROM inbox_entry JOIN person_session USING (lane, person_id)
       WHERE token_hash = ANY ($1)`,
      [devices.hashes(run.server.ring)],
    );
    await devices.haveSeen(sent);
  } finally {
    await load.close();
  }
}

/** From the request to the event on the device, at half of what the machine can do one by one. */
async function timeToDevice(run: Run, world: World, devices: Devices): Promise<void> {
  const single = run.figures.find(({ key }) => key === 'send.single');
  const load = new Load(world.url, world.apiKey, run.form.secondsEach);
  const sending = new Sending(load, { ...senderOf(world), contacts: world.contacts.slice(FOLLOWING) });
  const rate = (single?.value ?? RATE_UNKNOWN) / 2;
  const seconds = run.form.secondsEach * 3;
  const began = performance.now();
  const under: Promise<void>[] = [];
  try {
    for (let nr = 0; nr < rate * seconds; nr++) {
      const due = began + (nr / rate) * 1_000 - performance.now();
      if (due > 1) await wait(due);
      const follower = Math.floor(nr / 20) % FOLLOWING;
      under.push(
        nr % 20 === 0
          ? devices.time(follower, () => sending.to(world.contacts[follower] ?? ''))
          : sending.one(),
      );
    }
    await Promise.all(under);
    const times = await devices.times();
    run.fact('latency.device.p50', percentile(times, 0.5), 'ms', `at ${Math.round(rate)} messages/s`);
    run.fact('latency.device.p99', percentile(times, 0.99), 'ms', `${times.length} messages`);
  } finally {
    await load.close();
  }
}

/** What the processes hold while messages come in and go out as fast as they can, at the beginning and at the end. */
async function watchMemory(run: Run, world: World, worker: PlatformProcess): Promise<void> {
  const load = new Load(world.url, world.apiKey, run.form.memorySeconds / 2);
  const sending = new Sending(load, senderOf(world));
  try {
    for (const [name, process] of [
      ['api', world.api],
      ['worker', worker],
    ] as const)
      run.fact(`memory.${name}.before`, process.memory().now, 'MB');
    for (const half of ['half', 'end']) {
      await load.run(2, () => sending.many(BATCH), BATCH);
      run.fact(`memory.api.${half}`, world.api.memory().now, 'MB', `at full load`);
      run.fact(`memory.worker.${half}`, worker.memory().now, 'MB', `at full load`);
    }
    run.fact('memory.api.most', world.api.memory().most, 'MB');
    run.fact('memory.worker.most', worker.memory().most, 'MB');
  } finally {
    await load.close();
  }
}

/** Each stop is another person's; others are being written to meanwhile. */
async function stopUnderLoad(run: Run, world: World): Promise<void> {
  const load = new Load(world.url, world.apiKey, run.form.secondsEach);
  const stops = new Load(personUrl(world.api), '', 0);
  const sending = new Sending(load, {
    ...senderOf(world),
    contacts: world.contacts.slice(world.tokens.length),
  });
  const measured = { unit: 'ms (p99)', limit: 'idle, ms (p99)', ceiling: true } as const;
  const dispatching = new Rounds({ ...measured, key: 'stop.latency', mustReach: 5, aim: 2 });
  const sendingToo = new Rounds({ ...measured, key: 'stop.latency.sending', mustReach: null, aim: null });
  const stoppers = world.tokens.slice(FOLLOWING).values();
  const timeStops = async () => {
    const times: number[] = [];
    for (let nr = 0; nr < run.form.stops; nr++) {
      const began = performance.now();
      await stops.send(STOP, { input: {} }, stoppers.next().value);
      times.push(performance.now() - began);
    }
    return percentile(times, 0.99);
  };
  try {
    await timeStops(); // warm-up
    for (let round = 0; round < run.form.rounds; round++) {
      await fillQueue(sending, QUEUED_FOR_A_STOP * run.form.stops);
      const worker = await dispatchingWorker(world);
      try {
        const underDispatch = await timeStops();
        if (!(await anyQueued(world))) throw new Error('The queue ran dry while stops were timed');
        await drained(world);
        const idle = await timeStops();
        dispatching.add(underDispatch, idle);
        sendingToo.add(await whileSending(sending, timeStops), idle);
        await drained(world);
      } finally {
        await worker.stop();
      }
    }
    run.done(dispatching.figure('a worker dispatches as fast as it can'));
    run.done(sendingToo.figure('and the same API process accepts batches of 500, two at a time'));
  } finally {
    await load.close();
    await stops.close();
  }
}

async function whileSending(sending: Sending, measure: () => Promise<number>): Promise<number> {
  const ended = new AbortController();
  const busy = Promise.all(
    [0, 1].map(async () => {
      while (!ended.signal.aborted) await sending.many(BATCH);
    }),
  );
  await wait(300);
  try {
    return await measure();
  } finally {
    ended.abort();
    await busy;
  }
}

/** Nobody dispatches meanwhile. */
async function fillQueue(sending: Sending, messages: number): Promise<void> {
  for (let sent = 0; sent < messages; sent += BATCHES_AT_ONCE * BATCH)
    await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, () => sending.many(BATCH)));
}

/** A worker that has begun to dispatch: it is nobody's fault how long Node takes to start. */
async function dispatchingWorker(world: World): Promise<PlatformProcess> {
  const before = await visible(world);
  const worker = await PlatformProcess.start('worker', world.environment);
  while ((await visible(world)) === before) await wait(20);
  return worker;
}

async function drained(world: World): Promise<void> {
  while (await anyQueued(world)) await wait(50);
}

function senderOf({ businesses: [business] }: World): Business {
  if (!business) throw new Error('There is no business');
  return business;
}

const visible = ({ owner }: World) => count(owner, 'SELECT count(*)::int AS n FROM inbox_entry');

const queued = ({ owner }: World) => count(owner, 'SELECT count(*)::int AS n FROM conversation_queue');

/** Counting a long queue all the time would take a worker's processor. */
async function anyQueued({ owner }: World): Promise<boolean> {
  const { rows } = await owner.query<{ any: boolean }>(
    'SELECT EXISTS (SELECT FROM conversation_queue) AS any',
  );
  return rows[0]?.any ?? false;
}

async function count(owner: pg.Pool, text: string, values: unknown[] = []): Promise<number> {
  return (await owner.query<{ n: number }>(text, values)).rows[0]?.n ?? 0;
}
