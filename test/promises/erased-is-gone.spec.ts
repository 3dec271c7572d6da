import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { aBusiness } from '../support/builders/accounts.js';
import { eraseMe } from '../support/builders/erasure.js';
import { aMessage, reachablePeople, type Reachable, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const PEOPLE = 60;
const MESSAGES_EACH = 40;
const BATCH = 50;

describe('promise: nothing passes to a person who was erased', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    // Without a worker: what an erasure leaves for later stays for the oracle to see.
    platform = await startPlatform({ PAIR_BURST: '1000' }, { worker: false });
    business = platform.business((await aBusiness(platform)).apiKey);
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  /** Sends in random order and dispatch, while every person erases themselves at a random moment. */
  async function race(people: Reachable[], { broken = false } = {}): Promise<void> {
    const messages = people.flatMap(({ contact }) =>
      Array.from({ length: MESSAGES_EACH }, () => aMessage(contact)),
    );
    shuffle(messages);
    const leaving = [...people];
    shuffle(leaving);
    const done = (work: Promise<unknown>) => (broken ? work.catch(() => undefined) : work);
    const dispatch = platform.app.get(DispatchMessages, { strict: false });

    let sending = 3;
    const senders = Array.from({ length: sending }, async () => {
      while (messages.length > 0) {
        const batch = messages.splice(0, BATCH);
        await done(sendAll(business, batch));
        // As many leave as are due, so that the erasures are spread over the whole of the sending.
        const due = Math.ceil((leaving.length * BATCH) / (messages.length + BATCH));
        await Promise.all(leaving.splice(0, due).map(({ person }) => done(eraseMe(person))));
      }
      sending -= 1;
    });
    const dispatching = (async () => {
      while (sending > 0 || (await dispatch.execute())) await done(dispatch.execute());
    })();
    await Promise.all([...senders, dispatching]);
  }

  /** The oracle: when transactions really committed, by PostgreSQL's own record (`track_commit_timestamp`). */
  async function violations(): Promise<{
    visible: number;
    accepted: number;
    left: number;
    suppressed: number;
  }> {
    const [counts] = await platform.database.sql<{
      visible: number;
      accepted: number;
      left: number;
      suppressed: number;
    }>(`
      WITH ended AS (
        SELECT e.lane, e.id, e.person_id, pg_xact_commit_timestamp(t.xmin) AS at
        FROM erasure e JOIN number_tombstone t ON t.mark = e.tombstone
      ), theirs AS (
        SELECT m.*, ended.at FROM message m JOIN ended ON ended.lane = m.lane AND ended.person_id = m.person_id
      )
      SELECT
        (SELECT count(*)::int FROM inbox_entry i JOIN ended USING (lane, person_id)
          WHERE pg_xact_commit_timestamp(i.xmin) > ended.at) AS visible,
        (SELECT count(*)::int FROM idempotency k JOIN theirs m ON m.id = k.message_id
          WHERE pg_xact_commit_timestamp(k.xmin) > m.at) AS accepted,
        (SELECT count(*)::int FROM theirs WHERE status = 'ACCEPTED') AS left,
        (SELECT count(*)::int FROM theirs WHERE status = 'SUPPRESSED') AS suppressed`);
    if (!counts) throw new Error('The oracle is silent');
    return counts;
  }

  it(`shows not one of ${PEOPLE * MESSAGES_EACH} messages, and accepts none, after the erasure that raced it`, async () => {
    await race(await reachablePeople(platform, business, PEOPLE));
    const { suppressed, ...wrong } = await violations();
    expect(wrong).toEqual({ visible: 0, accepted: 0, left: 0 });
    expect(suppressed).toBeGreaterThan(0); // the race was one: erasures met queued messages
  }, 120_000);

  it('would notice if the locks were left out', async () => {
    let seen = 0;
    for (let round = 0; seen === 0 && round < 4; round++) {
      const people = await reachablePeople(platform, business, PEOPLE / 2);
      heal = plantFault(withoutLocks);
      await race(people, { broken: true });
      heal();
      const { visible, accepted, left } = await violations();
      seen = visible + accepted + left;
    }
    expect(seen).toBeGreaterThan(0);
  }, 240_000);
});

function shuffle(items: unknown[]): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [items[at], items[other]] = [items[other], items[at]];
  }
}
