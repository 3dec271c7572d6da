import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CompleteStops, LiftStop, RecordStop } from '@assent/consent';
import { plantFault } from '../support/plant-fault.js';
import { until } from '../support/until.js';
import { change, type ConsentPlatform, startConsent, type TestBusiness } from './consent-platform.js';

type Person = Awaited<ReturnType<ConsentPlatform['aPerson']>>;

let platform: ConsentPlatform;
let shop: TestBusiness;
let heal: () => void = () => undefined;

beforeAll(async () => {
  platform = await startConsent();
  shop = await platform.aBusiness('Shop');
});
afterEach(() => {
  heal();
  heal = () => undefined;
  platform.effect.failing = false;
});
afterAll(() => platform.stop());

const get = <Type>(type: abstract new (...given: never[]) => Type) =>
  platform.app.get(type, { strict: false });
const stop = (person: Person, source: string, purpose: 'MARKETING' | null = null) =>
  get(RecordStop).execute(person, { businessId: shop.id, purpose }, source);

async function noticesOf({ api }: Person): Promise<any[]> {
  const { notices } = await api.do(`{ notices(first: 100) { nodes {
    text ... on StopConfirmedNotice { source purpose eventId business { displayName } } } } }`);
  return notices.nodes;
}

describe('a stop is confirmed in the app', () => {
  it.each(['keyword', 'free-text', 'link', 'carrier'])('where it came by %s', async (source) => {
    const person = await platform.aPerson();
    await stop(person, source, 'MARKETING');
    expect(await noticesOf(person)).toEqual([
      {
        text: 'You stopped offers and news from Shop. Only you can lift this, in your app.',
        source,
        purpose: 'MARKETING',
        business: { displayName: 'Shop' },
        eventId: expect.stringMatching(/^evt_/),
      },
    ]);
    const { consentHistory } = await person.api.do('{ consentHistory { nodes { id } } }');
    expect((await noticesOf(person))[0].eventId).toBe(consentHistory.nodes[0].id);
  });

  it('and not where it was made there', async () => {
    const person = await platform.aPerson();
    await change(person, 'stop', { business: shop.publicId });
    await change(person, 'block', { business: shop.publicId });
    expect(await noticesOf(person)).toEqual([]);
  });

  it('once, and again only after it was lifted', async () => {
    const person = await platform.aPerson();
    await stop(person, 'keyword');
    await stop(person, 'link');
    await change(person, 'stop', { business: shop.publicId });
    await stop(person, 'carrier');
    expect(await noticesOf(person)).toHaveLength(1);
    await stop(person, 'link', 'MARKETING'); // another scope is another stop
    expect(await noticesOf(person)).toHaveLength(2);
    await get(LiftStop).execute(person, { businessId: shop.id, purpose: null }, 'app');
    await stop(person, 'keyword');
    expect(await noticesOf(person)).toHaveLength(3);
  });

  it('also where its process died and a worker finished it', async () => {
    const person = await platform.aPerson();
    platform.effect.failing = true;
    await expect(stop(person, 'keyword')).rejects.toThrow('As if the process died here');
    platform.effect.failing = false;
    expect(await noticesOf(person)).toEqual([]); // not before the stop itself
    await platform.database.sql(`UPDATE stop_intent SET created_at = created_at - interval '10 seconds'`);
    await until('a worker finished it', async () => (await get(CompleteStops).execute()) > 0);
    expect(await noticesOf(person)).toHaveLength(1);
  });
});

describe('of twenty stops at the same time', () => {
  // The second ten come while the first ten are being recorded, but not before one of these is: whoever has the guard first
  // records all that there is, and twenty at once would often be a single transaction.
  const race = async () => {
    const person = await platform.aPerson();
    const ten = () => Array.from({ length: 10 }, () => stop(person, 'link'));
    const first = ten();
    await Promise.any(first);
    await Promise.all([...first, ...ten()]);
    return noticesOf(person);
  };

  it('one is confirmed', async () => {
    for (let round = 0; round < 5; round++) expect(await race()).toHaveLength(1);
  });

  // Without its lock a stop fails rather than being confirmed twice: an event is recorded once by its primary key. So the
  // fault is planted into what tells a repetition.
  it('more would be, if a stop did not look at what stood before it', async () => {
    heal = plantFault((sql) => sql.replace("AND standing = 'STOPPED'", 'AND false'));
    expect((await race()).length).toBeGreaterThan(1);
  });
});
