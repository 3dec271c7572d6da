import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { aMessage, reachablePeople, type Reachable, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform, until } from '../support/platform.js';
import { stopViolations } from './stop-oracle.js';

const PEOPLE = 250;
const MESSAGES_EACH = 40;

describe('promise: stop means stop', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let everybody: Reachable[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform({ PAIR_BURST: '1000' });
    business = platform.business((await aBusiness(platform)).apiKey);
    everybody = await reachablePeople(platform, business, PEOPLE);
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  /** 10,000 sends in random order, while every person stops everything at a random moment. */
  async function race({ broken = false } = {}): Promise<void> {
    const people = broken ? everybody.slice(0, PEOPLE / 4) : everybody;
    for (const { person } of people)
      await platform.person(person.token).do(`mutation { allow(input: {}) { __typename } }`);
    const messages = people.flatMap(({ contact }) =>
      Array.from({ length: MESSAGES_EACH }, () => aMessage(contact)),
    );
    shuffle(messages);
    const batches = Array.from({ length: messages.length / 100 }, (_, at) =>
      messages.slice(at * 100, at * 100 + 100),
    );
    const stopping = people.map(({ person }) => platform.person(person.token));
    shuffle(stopping);

    // With a planted fault some operations fail; without one none may.
    const done = (work: Promise<unknown>) => (broken ? work.catch(() => undefined) : work);
    let handled = 0;
    const sending = Promise.all(
      [0, 1, 2, 3].map(async () => {
        for (let batch = batches.pop(); batch; batch = batches.pop()) {
          await done(sendAll(business, batch));
          handled += batch.length;
        }
      }),
    );
    // Stops are spread over the whole of the sending, one for each 40 messages.
    const stops = Promise.all(
      [0, 1, 2, 3].map(async () => {
        for (let person = stopping.pop(); person; person = stopping.pop()) {
          const due = (people.length - stopping.length) * MESSAGES_EACH * 0.9;
          await until(
            'enough was sent',
            () => Promise.resolve(handled >= due || batches.length === 0),
            50_000,
          );
          await done(person.do(`mutation { stop(input: {}) { __typename } }`));
        }
      }),
    );
    await Promise.all([sending, stops]);
    if (broken) return;
    await until(
      'the queue is empty',
      async () => {
        const [row] = await platform.database.sql<{ empty: boolean }>(
          'SELECT NOT EXISTS (SELECT FROM conversation_queue) AS empty',
        );
        return row?.empty;
      },
      50_000,
    );
  }

  it(`shows not one of ${PEOPLE * MESSAGES_EACH} messages after a stop that raced it`, async () => {
    await race();
    expect(await stopViolations(platform)).toEqual({ visible: 0, accepted: 0, left: 0 });
    const [count] = await platform.database.sql(`SELECT
      (SELECT count(*)::int FROM consent_event WHERE action = 'STOP') AS stops,
      (SELECT count(*)::int FROM message WHERE status = 'SUPPRESSED') AS suppressed`);
    expect(count?.['stops']).toBe(PEOPLE);
    expect(count?.['suppressed']).toBeGreaterThan(0); // the race was one: stops met queued messages
  }, 120_000);

  it('would notice if the locks were left out', async () => {
    heal = plantFault(withoutLocks);
    let seen = 0;
    // Without locks some sends fail as well, and a race can by chance end well; hardly ever three.
    for (let round = 0; seen === 0 && round < 3; round++) {
      await race({ broken: true });
      const { visible, accepted } = await stopViolations(platform);
      seen = visible + accepted;
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
