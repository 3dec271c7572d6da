import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clockAt } from '../consent/policy-clock.js';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { write } from '../support/builders/conversations.js';
import { reachablePeople, type Reachable, send, wasAccepted } from '../support/builders/messaging.js';
import { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const BURST = 8;
/** Of the throughput, so that it is not in the way of the pair limit. */
const THROUGHPUT = 12;
const CONNECTIONS = 64;
const SERVERS = 4;
const MOST_ROUNDS = 20;
const NOON = new Date('2026-11-25T11:00:00.000Z');

/** The clock stands still, so that nothing comes back and exactly the burst passes. */
describe('promise: limits are exact, and so are those with a burst', () => {
  let platform: TestPlatform;
  let owner: TestBusiness;
  let servers: string[];
  let people: Reachable[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    const ones = '1,1,1,1,1';
    platform = await startPlatform(
      {
        PAIR_BURST: String(BURST),
        PERSON_WRITE_BURST: String(BURST),
        THROUGHPUT_PER_SECOND: ones,
        THROUGHPUT_BURST_SECONDS: String(THROUGHPUT),
        REACH_TIERS: '250,10000,20000,100000',
      },
      { worker: false },
    );
    await clockAt(platform, NOON);
    owner = await aBusiness(platform);
    servers = [platform.url];
    while (servers.length < SERVERS) servers.push(await platform.anotherServer());
    people = await reachablePeople(platform, platform.business(owner.apiKey), CONNECTIONS);
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  const business = (at: number) => platform.business(owner.apiKey, servers[at % SERVERS]);
  const sends = (to: (at: number) => Reachable) => async (at: number) =>
    wasAccepted(await send(business(at), to(at).contact, { whenLimited: 'REFUSE' }));
  const first = () => people[0] as Reachable;

  /** What each of 64 connections asks for. */
  const LIMITS = {
    'pair limit': sends(first),
    throughput: sends((at) => people[at] as Reachable),
    'write limit of a person': async (at: number) => {
      const { person } = first();
      const client = new GraphQLClient(`${servers[at % SERVERS]}/person/graphql`, person.token);
      return (await write(client, owner.id, 'Is it on its way?')).__typename === 'WriteToBusinessPayload';
    },
  };
  const NAMES = Object.keys(LIMITS) as (keyof typeof LIMITS)[];
  const mostOf = (name: keyof typeof LIMITS) => (name === 'throughput' ? THROUGHPUT : BURST);

  /** All 64 at once, spread over four servers. @returns how many passed */
  async function race(name: keyof typeof LIMITS): Promise<number> {
    await platform.database.sql('UPDATE contact_state SET pair_tat = NULL, write_tat = NULL');
    await platform.database.sql('UPDATE business_guard SET throughput_tat = NULL');
    const ask = LIMITS[name];
    const passed = await Promise.all(
      // Without locks some fail as well.
      Array.from({ length: CONNECTIONS }, (_, at) => ask(at).catch(() => false)),
    );
    return passed.filter(Boolean).length;
  }

  it.each(NAMES)(`the %s lets exactly its burst of ${CONNECTIONS} at once pass`, async (name) => {
    for (let round = 0; round < 3; round++) expect(await race(name)).toBe(mostOf(name));
  });

  it.each(NAMES)('the %s would not without the locks', async (name) => {
    heal = plantFault(withoutLocks);
    let passed = 0;
    // A race can by chance end well; hardly ever twenty.
    for (let round = 0; passed <= mostOf(name) && round < MOST_ROUNDS; round++) passed = await race(name);
    expect(passed).toBeGreaterThan(mostOf(name));
  });
});
