import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchMessages } from '@assent/messaging';
import { aBusiness } from '../support/builders/accounts.js';
import { matchAll, send, wasAccepted } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import { EVERY_OTHER, publishPolicy } from '../support/builders/policy.js';
import { setPreferences } from '../support/builders/preferences.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const BUSINESSES = 5;
const MESSAGES_EACH = 10;
const CAP = 4;
const WORKERS = 5;

/** Each claim takes one conversation, so that as many workers as there are businesses decide about one person at once. */
const oneAtATime = (sql: string) =>
  sql.replace('ORDER BY due_at LIMIT $1', 'ORDER BY due_at LIMIT least($1, 1)');

describe('promise: limits are exact, and so is a person’s marketing cap', () => {
  let platform: TestPlatform;
  let businesses: GraphQLClient[];
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform(
      { MARKETING_CAP_DAILY: String(CAP), MARKETING_CAP_WEEKLY: String(CAP) },
      { worker: false },
    );
    // Without quiet hours, whatever the time of this run.
    await publishPolicy(platform.admin(), [], { rows: [EVERY_OTHER] });
    businesses = await Promise.all(
      Array.from({ length: BUSINESSES }, async () => platform.business((await aBusiness(platform)).apiKey)),
    );
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  /**
   * Five businesses send ten messages each to one person, marketing or, to one who lets few interrupt them, service; then
   * five workers dispatch at once.
   * @returns how many of them the person sees
   */
  async function race({ broken = false, purpose = 'MARKETING' } = {}): Promise<number> {
    const person = await aPerson(platform);
    await person.api.do('mutation { allow(input: { purpose: MARKETING }) { __typename } }');
    if (purpose === 'SERVICE') await setPreferences(person.api, { interruptionCap: CAP });
    const contacts = await Promise.all(businesses.map((business) => matchAll(business, [person])));
    const results = await Promise.all(
      businesses.flatMap((business, at) =>
        Array.from({ length: MESSAGES_EACH }, () =>
          // Without locks some sends fail as well.
          send(business, contacts[at]?.[0]?.contact as string, { purpose }).catch((error: unknown) => {
            if (!broken) throw error;
            return undefined;
          }),
        ),
      ),
    );
    const dispatching = platform.app.get(DispatchMessages, { strict: false });
    await Promise.all(
      Array.from({ length: WORKERS }, async () => {
        while (await dispatching.execute());
      }),
    );
    if (!broken) expect(results.every((result) => result && wasAccepted(result))).toBe(true);
    const { inbox } = await person.api.do('{ inbox(first: 100) { nodes { id } } }');
    return inbox.nodes.length;
  }

  it(`shows exactly ${CAP} of ${BUSINESSES * MESSAGES_EACH} marketing messages of ${BUSINESSES} businesses`, async () => {
    heal = plantFault(oneAtATime);
    for (let round = 0; round < 5; round++) expect(await race()).toBe(CAP);
    const [waiting] = await platform.database.sql<{ count: number }>(
      'SELECT count(*)::int FROM message_wait',
    );
    expect(waiting?.count).toBe(5 * (BUSINESSES * MESSAGES_EACH - CAP));
  }, 60_000);

  it(`lets exactly ${CAP} of them interrupt who wants no more`, async () => {
    heal = plantFault(oneAtATime);
    for (let round = 0; round < 3; round++) expect(await race({ purpose: 'SERVICE' })).toBe(CAP);
  }, 60_000);

  it.each(['MARKETING', 'SERVICE'])(
    'would notice if the locks were left out: %s',
    async (purpose) => {
      heal = plantFault((sql) => withoutLocks(oneAtATime(sql)));
      let seen = CAP;
      // A race can by chance end well; hardly ever twenty.
      for (let round = 0; seen === CAP && round < 20; round++) seen = await race({ broken: true, purpose });
      expect(seen).toBeGreaterThan(CAP);
    },
    120_000,
  );
});
