import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { ExtendLog } from '@assent/consent';
import { SweepErasures } from '@assent/privacy';
import { aBusiness } from '../support/builders/accounts.js';
import { erasureBy, eraseMe } from '../support/builders/erasure.js';
import { aMessage, reachablePeople, type Reachable, sendAll } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

/** More than two steps' worth, so that a crash finds one done and others not. */
const MESSAGES = 2_300;
const LEASE_MS = 30_000;

let platform: TestPlatform;
let businesses: GraphQLClient[];
let heal: () => void = () => undefined;

beforeAll(async () => {
  platform = await startPlatform({ PAIR_BURST: '10000' }, { worker: false });
  businesses = await Promise.all(
    [1, 2].map(async () => platform.business((await aBusiness(platform)).apiKey)),
  );
});
afterEach(async () => {
  heal();
  await platform.shiftClock(0);
});
afterAll(() => platform.stop());

const sweep = () => platform.app.get(SweepErasures, { strict: false }).execute();

async function settle(): Promise<void> {
  const [dispatch, extend] = [DispatchMessages, ExtendLog].map((type) =>
    platform.app.get<DispatchMessages | ExtendLog>(type, { strict: false }),
  );
  while (await dispatch!.execute());
  while (await extend!.execute());
  await platform.shiftClock(2_000); // the log signs once a second
  await extend!.execute();
}

/** A person with many messages in their inbox. */
async function aBusyPerson(): Promise<Reachable> {
  const [reachable] = await reachablePeople(platform, businesses[0]!, 1);
  const messages = Array.from({ length: MESSAGES }, () => aMessage(reachable!.contact));
  for (let at = 0; at < MESSAGES; at += 1_000) await sendAll(businesses[0]!, messages.slice(at, at + 1_000));
  await reachable!.person.api.do('mutation { stop(input: { purpose: ADS }) { __typename } }');
  await settle();
  return reachable!;
}

/** The statement that a worker dies at, the nth time that it comes to it. */
function dieAt(statement: string, times: number): void {
  let seen = 0;
  heal = plantFault((sql) => {
    if (!sql.includes(statement)) return sql;
    seen += 1;
    return seen < times ? sql : 'SELECT 1 / 0';
  });
}

describe('an erasure whose worker dies', () => {
  it.each([
    ['while it empties messages', `SET content = ''`, 2],
    ['while it clears the inbox', 'DELETE FROM inbox_entry', 2],
    ['while it forgets places in the log', 'DELETE FROM consent_log_position', 1],
    ['just before it is done', 'SET person_id = NULL, lease_until', 1],
  ])(
    '%s goes on with another, and counts every row once',
    async (_, statement, times) => {
      const { person } = await aBusyPerson();
      const { token } = await eraseMe(person);
      await settle();
      dieAt(statement, times);
      await expect(sweep()).rejects.toThrow();
      heal();

      // The dead worker's lease has to end first; until then nobody else touches it.
      expect(await sweep()).toBe(false);
      expect(await erasureBy(platform, token)).toMatchObject({ status: 'ERASING', proof: null });
      await platform.shiftClock(LEASE_MS + 4_000);
      expect(await sweep()).toBe(true);
      const erasure = await erasureBy(platform, token);
      expect(erasure).toMatchObject({ status: 'DONE', conversationsLeft: 0 });
      const rows = Object.fromEntries(erasure!.stores.map(({ store, rows }) => [store, rows]));
      expect(rows).toMatchObject({
        'message contents': MESSAGES,
        'messages of businesses': MESSAGES,
        inbox: MESSAGES,
        'places in the consent log': 1,
      });
      const left = await platform.database.sql(
        `SELECT FROM message WHERE person_id IS NOT NULL OR octet_length(content) > 0
       UNION ALL SELECT FROM inbox_entry UNION ALL SELECT FROM erasure_conversation UNION ALL SELECT FROM erasure_leaf`,
      );
      expect(left).toEqual([]);
    },
    60_000,
  );

  it('is worked at by one of two workers, and by none whose lease another has taken over', async () => {
    const { person } = await aBusyPerson();
    const { token } = await eraseMe(person);
    await settle();
    // As if it had slept before its second step, until another had claimed the erasure.
    let steps = 0;
    heal = plantFault((sql) =>
      sql.includes('fence = $3 AND done_at IS NULL') && ++steps === 2
        ? sql.replace('fence = $3', 'fence = $3 + 1')
        : sql,
    );
    expect(await sweep()).toBe(true);
    heal();
    expect(steps).toBe(2);
    expect((await erasureBy(platform, token))?.status).toBe('ERASING');

    await platform.shiftClock(LEASE_MS + 4_000);
    expect((await Promise.all([sweep(), sweep()])).sort()).toEqual([false, true]);
    expect((await erasureBy(platform, token))?.status).toBe('DONE');
  }, 60_000);
});

describe('a message that waits for its time', () => {
  it('ends suppressed with the person whom it waits for', async () => {
    const business = businesses[1]!;
    const { person, contact } = (await reachablePeople(platform, business, 1))[0]!;
    const pausedUntil = new Date(Date.now() + 3_600_000).toISOString();
    await person.api.do(
      'mutation ($until: DateTime!) { setPreferences(input: { pausedUntil: $until }) { __typename } }',
      {
        until: pausedUntil,
      },
    );
    const [sent] = await sendAll(business, [aMessage(contact)]);
    await settle();
    expect(await platform.database.sql('SELECT FROM message_wait')).toHaveLength(1);
    await eraseMe(person);
    const { message } = await business.do('query ($id: ID!) { message(id: $id) { status reason } }', {
      id: sent!.id,
    });
    expect(message).toEqual({ status: 'SUPPRESSED', reason: 'CONTACT_GONE' });
    expect(await platform.database.sql('SELECT FROM message_wait')).toEqual([]);
  });
});

describe('several devices that erase the same person at the same time', () => {
  it('erase them once, and the slower ones find their sessions dead', async () => {
    const { person } = (await reachablePeople(platform, businesses[1]!, 1))[0]!;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        person.api.raw('mutation { eraseMe(input: { confirm: "ERASE" }) { token } }'),
      ),
    );
    const begun = answers.filter(({ errors }) => !errors);
    expect(begun).toHaveLength(1);
    for (const { errors } of answers) if (errors) expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
