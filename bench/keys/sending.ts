/** send.single, send.batch500, preflight.batch500 and send.mixed. */
import { createRawTable, noOp, rawInsert } from '../limits.ts';
import { Load } from '../load.ts';
import { Sending } from '../messages.ts';
import type { Run } from '../run.ts';
import { openWorld, type World } from '../world.ts';

const BATCH = 500;
/** Batches of one business take turns: two are under way, and two come in or go out. */
export const BATCHES_AT_ONCE = 4;

/** One business, everything that it may send. */
export async function measureSending(run: Run, world: World): Promise<void> {
  const [business] = world.businesses;
  if (!business) throw new Error('There is no business');
  const load = new Load(world.url, world.apiKey, run.form.secondsEach);
  const sending = new Sending(load, business);
  try {
    await createRawTable(world.owner);
    await load.run(64, () => sending.one(), 1, 1); // warm-up
    await load.run(BATCHES_AT_ONCE, () => sending.many(BATCH), BATCH, 1);
    await run.compare(
      {
        key: 'send.single',
        unit: 'messages/s',
        limit: 'no-op mutation/s',
        mustReach: 0.6,
        aim: 0.85,
        least: 0.18,
      },
      () => load.run(64, () => sending.one(), 1),
      () => noOp(load),
    );
    const many = () => load.run(BATCHES_AT_ONCE, () => sending.many(BATCH), BATCH);
    await run.compare(
      {
        key: 'send.batch500',
        unit: 'messages/s',
        limit: 'raw INSERT rows/s',
        mustReach: 0.15,
        aim: 0.25,
        least: 0.05,
      },
      many,
      () => rawInsert(world.owner, run.form.secondsEach),
    );
    await run.compare(
      { key: 'preflight.batch500', unit: 'drafts/s', limit: 'send.batch500/s', mustReach: 1.5, aim: 3 },
      () => load.run(BATCHES_AT_ONCE, () => sending.preflight(BATCH), BATCH),
      many,
    );
  } finally {
    await load.close();
  }
}

/** Many businesses: as many messages one by one as in batches of 50, and one in twenty refused. */
export async function measureMixed(run: Run): Promise<void> {
  const { businesses, people, secondsEach } = run.form;
  run.say(`Seeding ${businesses.toLocaleString('en')} businesses …`);
  const world = await openWorld(run.server, { people, businesses, stoppedOneIn: 19 });
  const load = new Load(world.url, world.apiKey, secondsEach);
  try {
    await createRawTable(world.owner);
    const senders = world.businesses.map((business) => ({
      business,
      sending: new Sending(load, business),
      stopped: new Set(business.stopped),
    }));
    let turn = 0;
    let singles = 0;
    let batched = 0;
    const send = async () => {
      const nr = turn++;
      const sender = senders[nr % senders.length];
      if (!sender) return 0;
      const { business, sending, stopped } = sender;
      // Every twentieth is to somebody who stopped; which contact it is moves on from turn to turn.
      const contact = (at: number) =>
        (at % 20 === 19
          ? business.stopped[(nr + at) % business.stopped.length]
          : business.contacts[(nr * 7 + at) % business.contacts.length]) ?? '';
      if (singles <= batched) {
        singles++;
        const refused = nr % 20 === 19;
        await sending.to(contact(refused ? 19 : 0), refused ? 'RefusedMessage' : 'AcceptedMessage');
        return 1;
      }
      batched += 50;
      await sending.toAll(
        Array.from({ length: 50 }, (_, at) => contact(at)),
        stopped,
      );
      return 50;
    };
    await load.run(64, send, 1, run.form.warmUpSeconds); // and everybody's guard
    await run.compare(
      { key: 'send.mixed', unit: 'messages/s', limit: 'raw INSERT rows/s', mustReach: 0.06, aim: 0.12 },
      () => load.run(64, send, 1),
      () => rawInsert(world.owner, secondsEach),
    );
  } finally {
    await load.close();
    await world.close();
  }
}
