import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { CompleteStops } from '@assent/consent';
import { Hints } from '@assent/platform';
import { until } from '../support/platform.js';
import {
  change,
  consentsOf,
  type ConsentPlatform,
  startConsent,
  type TestBusiness,
} from './consent-platform.js';

let platform: ConsentPlatform;
let shop: TestBusiness;

beforeAll(async () => {
  platform = await startConsent();
  shop = await platform.aBusiness('Shop');
});
afterEach(async () => {
  platform.effect.failing = false;
  platform.effect.stops.length = 0;
  await platform.shiftClock(0);
});
afterAll(() => platform.stop());

type Person = Awaited<ReturnType<ConsentPlatform['aPerson']>>;

const intentsOf = ({ personId }: Person) =>
  platform.database.sql('SELECT subject FROM stop_intent WHERE person_id = $1', [personId]);
const completeStops = () => platform.app.get(CompleteStops, { strict: false }).execute();

async function actionsOf({ api }: Person): Promise<string[]> {
  const { consentHistory } = await api.do('{ consentHistory { nodes { action } } }');
  return consentHistory.nodes.map(({ action }: { action: string }) => action);
}

/** A stop whose process dies after the first of its two transactions. */
async function aDeadStop(person: Person, input: Parameters<typeof change>[2] = {}): Promise<void> {
  platform.effect.failing = true;
  await expect(change(person, 'stop', input)).rejects.toThrow(/INTERNAL_SERVER_ERROR/);
  platform.effect.failing = false;
}

it('does not start where nothing suppresses what a stop covers', async () => {
  await expect(startConsent({ effect: false })).rejects.toThrow(/StopEffect/);
});

describe('a stop', () => {
  it('asks workers to stand back before it is recorded, even where it fails', async () => {
    const person = await platform.aPerson();
    let asked = 0;
    platform.app.get(Hints, { strict: false }).each('stops', () => (asked += 1));
    await aDeadStop(person, { purpose: 'ADS' });
    expect(asked).toBe(1);
    await change(person, 'stop', { purpose: 'MARKETING' });
    expect(asked).toBe(2);
  });

  it.each([
    ['stop', {}, null, 'EVERYTHING'],
    ['stop', { purpose: 'MARKETING' }, null, 'MARKETING'],
    ['stop', { business: true }, 'shop', 'EVERYTHING'],
    ['stop', { business: true, purpose: 'ADS' }, 'shop', 'ADS'],
    ['block', { business: true }, 'shop', 'BLOCK'],
  ] as const)(
    'has its effect in its own transaction: %s %j',
    async (action, { business, ...rest }: any, of, subject) => {
      const person = await platform.aPerson();
      const { consent } = await change(person, action, {
        ...rest,
        ...(business ? { business: shop.publicId } : {}),
      });
      const { lane, personId } = person;
      expect(platform.effect.stops).toEqual([
        { lane, personId, businessId: of && shop.id, subject, at: new Date(consent.since) },
      ]);
      expect(await intentsOf(person)).toEqual([]);
    },
  );

  it('has no effect on what is queued when it is lifted', async () => {
    const person = await platform.aPerson();
    await change(person, 'allow');
    await change(person, 'unblock', { business: shop.publicId });
    expect(platform.effect.stops).toEqual([]);
  });

  it('refuses from its first commit on, while its second waits for a send that holds the guard', async () => {
    const person = await platform.aPerson();
    const sender = new pg.Client({ connectionString: platform.database.appUrl });
    await sender.connect();
    await sender.query(`BEGIN; SET LOCAL ROLE assent_engine;
      SELECT FROM person_guard WHERE lane = ${person.lane} AND person_id = '${person.personId}' FOR NO KEY UPDATE`);

    let stopped = false;
    const stop = change(person, 'stop').then(() => (stopped = true));
    await until('the intent is there', async () => (await intentsOf(person)).length === 1);
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'STOPPED_EVERYTHING' });
    expect(await consentsOf(person)).toMatchObject([{ scope: 'EVERYTHING', standing: 'STOPPED' }]);
    expect(stopped).toBe(false);

    await sender.query('COMMIT');
    await sender.end();
    await stop;
    expect(await intentsOf(person)).toEqual([]);
    expect(await actionsOf(person)).toEqual(['STOP']);
  });
});

describe('several stops at once', () => {
  const STOP_ALL = `mutation ($scopes: [StopInput!]!) {
    stopAll(input: { scopes: $scopes }) { stops { eventId consent { scope purpose standing } } }
  }`;

  it('are all recorded and have all their effect, in one transaction', async () => {
    const person = await platform.aPerson();
    const scopes = [{ purpose: 'MARKETING' }, { business: shop.publicId }];
    const { stopAll } = await person.api.do(STOP_ALL, { scopes });
    expect(stopAll.stops.map(({ consent }: any) => consent)).toEqual([
      { scope: 'PURPOSE', purpose: 'MARKETING', standing: 'STOPPED' },
      { scope: 'BUSINESS', purpose: null, standing: 'STOPPED' },
    ]);
    expect(new Set(platform.effect.stops.map(({ subject }) => subject))).toEqual(
      new Set(['MARKETING', 'EVERYTHING']),
    );
    expect(await actionsOf(person)).toEqual(['STOP', 'STOP']);
    const xids = await platform.database.sql('SELECT DISTINCT xmin FROM consent_event WHERE person_id = $1', [
      person.personId,
    ]);
    expect(xids).toHaveLength(1);
  });

  it('stop nothing where one of them is wrong', async () => {
    const person = await platform.aPerson();
    const unknown = `biz_${'0'.repeat(26)}`;
    const { errors } = await person.api.raw(STOP_ALL, { scopes: [{}, { business: unknown }] });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_INPUT',
      faults: [{ field: 'input.scopes[1].business', rule: 'must be the id of a business' }],
    });
    expect(await actionsOf(person)).toEqual([]);
    const many = await person.api.raw(STOP_ALL, { scopes: Array.from({ length: 51 }, () => ({})) });
    expect(many.errors?.[0]?.extensions.faults).toEqual([
      { field: 'input.scopes', rule: 'must hold 1 to 50 scopes' },
    ]);
  });
});

describe('a stop whose process died between its two transactions', () => {
  it('refuses all the same, and is finished by a worker after 5 seconds', async () => {
    const person = await platform.aPerson();
    await aDeadStop(person, { purpose: 'SERVICE' });
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'STOPPED_PURPOSE' });
    expect(await completeStops()).toBe(0);
    expect(await intentsOf(person)).toHaveLength(1);

    await platform.shiftClock(5_001);
    expect(await completeStops()).toBe(1);
    expect(platform.effect.stops).toMatchObject([{ personId: person.personId, subject: 'SERVICE' }]);
    expect(await intentsOf(person)).toEqual([]);
    expect(await completeStops()).toBe(0);
    expect(await consentsOf(person)).toMatchObject([
      { scope: 'PURPOSE', purpose: 'SERVICE', standing: 'STOPPED' },
    ]);
  });

  it('is finished once by workers that run at the same time', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => platform.aPerson()));
    for (const person of people) await aDeadStop(person);
    await platform.shiftClock(20_000);
    const finished = await Promise.all([1, 2, 3, 4].map(completeStops));
    expect(finished.reduce((sum, each) => sum + each)).toBe(12);
    for (const person of people) expect(await actionsOf(person)).toEqual(['STOP']);
  });

  it('does not hold up the others when it can not be finished', async () => {
    const [stuck, other] = [await platform.aPerson(), await platform.aPerson()];
    await aDeadStop(stuck);
    await aDeadStop(other);
    await platform.shiftClock(5_001);
    const sender = new pg.Client({ connectionString: platform.database.appUrl });
    await sender.connect();
    await sender.query(`BEGIN; SET LOCAL ROLE assent_engine;
      SELECT FROM person_guard WHERE lane = ${stuck.lane} AND person_id = '${stuck.personId}' FOR NO KEY UPDATE`);
    expect(await completeStops()).toBe(1);
    expect(await intentsOf(other)).toEqual([]);
    expect(await intentsOf(stuck)).toHaveLength(1);
    await sender.end();
    expect(await completeStops()).toBe(1);
  });

  it('is lifted by an allowance that came after it', async () => {
    const person = await platform.aPerson();
    await aDeadStop(person);
    await change(person, 'allow');
    expect(await actionsOf(person)).toEqual(['ALLOW', 'STOP']);
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'NOT_STOPPED' });
    await platform.shiftClock(10_000);
    expect(await completeStops()).toBe(0);
    expect(await platform.verdicts(person, shop)).toMatchObject({ SERVICE: 'NOT_STOPPED' });
  });

  it('does not make the next stop of that person fail', async () => {
    const person = await platform.aPerson();
    await aDeadStop(person, { purpose: 'ADS' });
    const { consent, eventId } = await change(person, 'block', { business: shop.publicId });
    expect(consent).toMatchObject({ standing: 'BLOCKED' });
    expect(platform.effect.stops.map(({ subject }) => subject)).toEqual(['ADS', 'BLOCK']);
    const { consentHistory } = await person.api.do('{ consentHistory { nodes { id action } } }');
    expect(consentHistory.nodes).toMatchObject([{ id: eventId, action: 'BLOCK' }, { action: 'STOP' }]);
  });
});

it('answers every one of many stops of one person at once, each with its own event', async () => {
  const person = await platform.aPerson();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => change(person, 'stop', { purpose: 'ADS' })),
  );
  expect(new Set(answers.map(({ eventId }) => eventId)).size).toBe(20);
  expect(await actionsOf(person)).toEqual(Array(20).fill('STOP'));
  expect(await intentsOf(person)).toEqual([]);
});
