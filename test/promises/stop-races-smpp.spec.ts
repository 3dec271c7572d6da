import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { allowSms } from '../support/builders/carriers.js';
import { reachablePeople } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks, withoutWaiting } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';
import { Smsc } from '../support/smsc.js';
import { HandOffRace, type Racer, type Stays } from './hand-off-race.js';

const PEOPLE = 20;
const ROUNDS = 5;

describe('promise: stop means stop, while texts are handed to an SMSC', () => {
  let smsc: Smsc;
  let platform: TestPlatform;
  let business: GraphQLClient;
  let racers: Racer[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    smsc = await Smsc.start();
    platform = await startPlatform({
      SMPP_URL: smsc.url,
      SMPP_PER_SECOND: '1000',
      SMPP_WINDOW: '100',
      SMS_FALLBACK_SECONDS: '0',
      PAIR_BURST: '1000',
    });
    business = platform.business((await aBusiness(platform)).apiKey);
    racers = (await reachablePeople(platform, business, PEOPLE)).map((reachable) => ({
      ...reachable,
      address: reachable.person.phone.slice(1),
    }));
    await Promise.all(racers.map(({ person }) => allowSms(person.api)));
    await smsc.saw('bind');
  }, 240_000);
  afterEach(async () => {
    heal();
    heal = () => undefined;
    await platform.database.sql('DELETE FROM hand_off');
  });
  afterAll(async () => {
    await platform.stop();
    await smsc[Symbol.asyncDispose]();
  });

  /** The SMSC's own notes: what it was given and when it answered, on this process's clock. */
  function stays(): Stays {
    const ahead = Number(process.hrtime.bigint()) / 1e6 - performance.now();
    const notes: Stays = new Map();
    for (const { to, at, answeredAt = Infinity } of smsc.submitted) {
      notes.set(to, [...(notes.get(to) ?? []), { from: at - ahead, to: answeredAt - ahead }]);
    }
    return notes;
  }
  const race = (how?: { stopsMayFail: boolean }) => {
    smsc.submitted.length = 0;
    return new HandOffRace(platform, business, racers, stays).run(how);
  };

  it('nothing is with the SMSC, or comes to it, once a stop has been answered', async () => {
    await smsc.mode('linger', 120);
    let handedOver = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { late, handedOver: came } = await race();
      expect(late).toBe(0);
      handedOver += came;
    }
    // The race was one: some were handed over before their stop, and some were not.
    expect(handedOver).toBeGreaterThanOrEqual((PEOPLE / 2) * ROUNDS);
    expect(handedOver).toBeLessThan(PEOPLE * ROUNDS);
    expect(smsc.submitted.map(({ to }) => to)).toEqual([...new Set(smsc.submitted.map(({ to }) => to))]);
  }, 240_000);

  it.each([
    ['the stop did not wait for what is on its way', withoutWaiting],
    ['it was decided without locks', decidingWithoutLocks],
  ])(
    'would notice if %s',
    async (_, fault) => {
      heal = plantFault(fault);
      await smsc.mode('linger', 1_500); // longer than a stop takes on a busy machine
      let seen = 0;
      for (let round = 0; seen === 0 && round < ROUNDS; round++)
        seen = (await race({ stopsMayFail: true })).late;
      expect(seen).toBeGreaterThan(0);
    },
    240_000,
  );
});

/** Whether something may leave is decided without the guards, and some time before it does. */
function decidingWithoutLocks(sql: string): string {
  if (sql.includes('SKIP LOCKED')) return sql;
  return withoutLocks(sql).replace(
    'SELECT h.lane, h.message_id, h.carrier, t.state',
    'SELECT pg_sleep(random() * 0.2), h.lane, h.message_id, h.carrier, t.state',
  );
}
