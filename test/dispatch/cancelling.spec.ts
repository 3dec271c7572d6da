import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { messagesWith, write } from '../support/builders/conversations.js';
import { cancel, cancelAll, dispatchAll, inboxOf, statusOf } from '../support/builders/dispatch.js';
import { aMessage, reachablePeople, type Reachable, send, sendAll } from '../support/builders/messaging.js';
import { eventsOf } from '../support/builders/webhooks.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';

const HOUR = 3_600_000;

describe('a message that its business takes back', () => {
  let platform: TestPlatform;
  let owner: TestBusiness;
  let business: GraphQLClient;
  let people: Reachable[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
    owner = await aBusiness(platform);
    business = platform.business(owner.apiKey);
    people = await reachablePeople(platform, business, 48);
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  function somebody(): Reachable {
    const next = people.pop();
    if (!next) throw new Error('More people are needed');
    return next;
  }
  const inAnHour = () => new Date(Date.now() + HOUR).toISOString();

  it('ends CANCELLED, once, with one event, and nobody sees it', async () => {
    const { contact, person } = somebody();
    const { id } = await send(business, contact, { sendAt: inAnHour() });
    expect(await cancel(business, id)).toEqual({ __typename: 'CancelledMessage', id, wasCancelled: false });
    expect(await cancel(business, id)).toEqual({ __typename: 'CancelledMessage', id, wasCancelled: true });
    expect(await statusOf(business, id)).toMatchObject({
      status: 'CANCELLED',
      reason: null,
      deferredUntil: null,
    });
    // Events show once no older transaction runs, on the whole server.
    const told = await until('the event shows', async () => {
      const events = (await eventsOf(business)).map(({ payload }) => JSON.parse(payload).data);
      const own = events.filter(({ message }) => message === id);
      return own.length > 0 ? own : undefined;
    });
    expect(told).toMatchObject([{ status: 'CANCELLED', step: 4, reason: null }]);
    await clockAt(platform, new Date(Date.now() + HOUR));
    await dispatchAll(platform);
    expect(await inboxOf(person)).toEqual([]);
  });

  it('may be scheduled, waiting or queued, and the rest of its conversation goes on', async () => {
    const { contact, person } = somebody();
    const scheduled = await send(business, contact, {
      sendAt: new Date(Date.now() + 3 * HOUR).toISOString(),
    });
    await send(business, contact, { text: 'First' });
    await dispatchAll(platform); // now the scheduled one waits outside of the queue
    const queued = await send(business, contact, { text: 'Taken back' });
    await send(business, contact, { text: 'Last' });
    expect(await cancelAll(business, [scheduled.id, queued.id, queued.id])).toMatchObject([
      { id: scheduled.id, wasCancelled: false },
      { id: queued.id, wasCancelled: false },
      { id: queued.id, wasCancelled: true },
    ]);
    await dispatchAll(platform);
    expect(await inboxOf(person)).toEqual(['First', 'Last']);
    const waiting = await platform.database.sql(
      `SELECT FROM message_wait JOIN message m ON m.lane = message_wait.lane AND m.id = message_id WHERE m.status = 'CANCELLED'`,
    );
    expect(waiting).toEqual([]);
  });

  it('is too late once the person can see it', async () => {
    const { contact } = somebody();
    const { id } = await send(business, contact);
    await dispatchAll(platform);
    expect(await cancel(business, id)).toEqual({
      __typename: 'MessageNotCancelled',
      id,
      reason: 'ALREADY_DISPATCHED',
      retryAt: null,
    });
    expect(await statusOf(business, id)).toMatchObject({ status: 'DISPATCHED' });
  });

  it('has ended already where a stop came first', async () => {
    const { contact, person } = somebody();
    const { id } = await send(business, contact);
    await person.api.do('mutation { stop(input: {}) { __typename } }');
    expect(await cancel(business, id)).toMatchObject({ reason: 'ALREADY_ENDED' });
    expect(await statusOf(business, id)).toMatchObject({ status: 'SUPPRESSED' });
  });

  it('is none of another business, nor what a person wrote, nor no id at all', async () => {
    const { contact, person } = somebody();
    const { id } = await send(business, contact);
    await write(person.api, owner.id, 'Hello?');
    const [inbound] = await messagesWith(business, contact);
    const other = platform.business((await aBusiness(platform)).apiKey);
    expect(await cancelAll(business, [inbound.id, 'msg_nothing'])).toMatchObject([
      { reason: 'MESSAGE_UNKNOWN' },
      { reason: 'MESSAGE_UNKNOWN' },
    ]);
    expect(await cancel(other, id)).toMatchObject({ reason: 'MESSAGE_UNKNOWN' });
    expect(await statusOf(business, id)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('is one of 1 to 1,000 in a request', async () => {
    await expect(cancelAll(business, [])).rejects.toThrow('input.messages must hold 1 to 1,000 ids');
  });

  describe('while workers dispatch', () => {
    /** Messages to so many people, taken back while they are dispatched. @returns how many were shown and yet taken back */
    async function race(count: number): Promise<{ both: number; cancelled: number; shown: number }> {
      const all = Array.from({ length: count }, () => somebody());
      const sent = await sendAll(
        business,
        all.map(({ contact }) => aMessage(contact)),
      );
      const [results] = await Promise.all([
        Promise.all(sent.map(({ id }) => cancel(business, id))),
        dispatchAll(platform),
        dispatchAll(platform),
      ]);
      await dispatchAll(platform);
      let both = 0;
      let shown = 0;
      for (const [at, { person }] of all.entries()) {
        const seen = (await inboxOf(person)).length > 0;
        if (seen) shown++;
        if (seen && results[at]?.__typename === 'CancelledMessage') both++;
      }
      const cancelled = results.filter(({ __typename }) => __typename === 'CancelledMessage').length;
      return { both, cancelled, shown };
    }

    it('is either shown or taken back, and never both', async () => {
      const { both, cancelled, shown } = await race(16);
      expect({ both, ended: cancelled + shown }).toEqual({ both: 0, ended: 16 });
    });

    it('would be both if the locks were left out', async () => {
      const { contact, person } = somebody();
      const { id } = await send(business, contact, { text: 'Seen' });
      // Dispatch has decided, and waits with writing for the guard, when the cancellation reads the message, too.
      const client = new pg.Client({ connectionString: platform.database.appUrl });
      await client.connect();
      await client.query('BEGIN; SET LOCAL ROLE assent_engine');
      await client.query('SELECT FROM person_guard FOR UPDATE');
      heal = plantFault(withoutLocks);
      const dispatched = dispatchAll(platform);
      const waiting = async () => {
        const [row] = await platform.database.sql<{ waiting: number }>(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return row?.waiting;
      };
      await until('dispatch waits', async () => (await waiting()) === 1);
      let answered = false;
      const cancelling = cancel(business, id).finally(() => (answered = true));
      await until('the cancellation has read', async () => answered || (await waiting()) === 2);
      await client.end();
      const [cancelled] = await Promise.all([cancelling, dispatched]);
      expect([cancelled.__typename, await inboxOf(person)].flat()).toEqual(['CancelledMessage', 'Seen']);
    });
  });
});
