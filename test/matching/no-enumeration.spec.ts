import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aBusiness, type TestBusiness } from '../support/builders/accounts.js';
import { contactBy, contactsOf, match, MATCH_CONTACTS } from '../support/builders/matching.js';
import { aPerson, aPhone, type TestPerson } from '../support/builders/people.js';
import type { Answer, GraphQLClient } from '../support/graphql-client.js';
import { plantFault, statementsOf } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

describe('matching somebody out of reach', () => {
  let platform: TestPlatform;
  let account: TestBusiness;
  let business: GraphQLClient;

  beforeAll(async () => {
    platform = await startPlatform({}, { worker: false });
  });
  afterAll(() => platform.stop());
  beforeEach(async () => {
    account = await aBusiness(platform);
    business = platform.business(account.apiKey);
  });

  const asCustomer = ({ phone }: TestPerson, externalId: string) => ({ externalId, phone });
  const waysOut: [string, (person: TestPerson) => Promise<unknown>][] = [
    ['unknown', () => Promise.resolve()],
    [
      'stopped matching',
      ({ api }) => api.do('mutation { stop(input: { purpose: MATCHING }) { __typename } }'),
    ],
    ['stopped everything', ({ api }) => api.do('mutation { stop(input: {}) { __typename } }')],
    ['stopped this business', ({ api }) => stopBusiness(api, account.id)],
    [
      'stopped matching by this business',
      ({ api }) =>
        api.do(
          'mutation ($business: ID!) { stop(input: { business: $business, purpose: MATCHING }) { __typename } }',
          {
            business: account.id,
          },
        ),
    ],
    ['blocked this business', ({ api }) => block(api, account.id)],
  ];

  it('answers alike, and by the same steps', async () => {
    const seen: { answer: unknown; steps: string[] }[] = [];
    await contactsOf(business); // the first use of a key is noted, once a minute
    await match(business, [{ externalId: 'nobody', phone: aPhone() }]); // a process reads a new policy once, whoever it is about
    for (const [name, leave] of waysOut) {
      const person = name === 'unknown' ? undefined : await aPerson(platform);
      if (person) await leave(person);
      const customer = { externalId: 'same', phone: person?.phone ?? aPhone() };
      let answer: Partial<Answer<unknown>> = {};
      const steps = await statementsOf(async () => {
        // What is left of the budget of requests goes by time.
        const { extensions, ...rest } = await business.raw(MATCH_CONTACTS, {
          input: { customers: [customer] },
        });
        expect(extensions?.cost.requested).toBe(12);
        answer = rest;
      });
      seen.push({ answer, steps });
      expect(await contactsOf(business)).toEqual([]);
      expect(await contactBy(business, { externalId: 'same' })).toBeNull();
    }
    const [unknown] = seen;
    expect(unknown?.steps.length).toBeGreaterThan(5);
    for (const other of seen) expect(other).toEqual(unknown);
  });

  it.each(waysOut.slice(1))('keeps a contact that %s later, and says so in its consent', async (_, leave) => {
    const person = await aPerson(platform);
    await match(business, [asCustomer(person, 'before')]);
    await leave(person);
    await match(business, [asCustomer(person, 'after')]);
    const contacts = await contactsOf(business);
    expect(contacts).toMatchObject([{ externalId: 'before' }]);
    expect(contacts[0]?.consent.find(({ purpose }) => purpose === 'MATCHING')).toMatchObject({
      allowed: false,
    });
  });

  it('sees a stop that is under way', async () => {
    const person = await aPerson(platform);
    await platform.database.sql(
      `INSERT INTO stop_intent (lane, person_id, id, subject, source, created_at)
     SELECT lane, id, gen_random_uuid(), 'MATCHING', 'app', assent_now() FROM person ORDER BY created_at DESC LIMIT 1`,
    );
    await match(business, [asCustomer(person, 'a')]);
    expect(await contactsOf(business)).toEqual([]);
  });

  it('does not match a person whose stop it waited for', async () => {
    const person = await aPerson(platform);
    const [row] = await platform.database.sql<{ lane: number; id: string }>(
      'SELECT lane, id FROM person ORDER BY created_at DESC LIMIT 1',
    );
    // The stop commits between the reading of consent and the lock: as if it had come at the worst moment.
    let stopped = false;
    const done = plantFault((sql) => {
      if (!/FROM unnest.*\n.*person_guard g .*\n.*FOR NO KEY UPDATE OF g/.test(sql) || stopped) return sql;
      stopped = true;
      return `WITH stop AS (
        INSERT INTO consent_state (lane, person_id, subject, standing, since, event_id)
        VALUES (${row?.lane}, '${row?.id}', 'MATCHING', 'STOPPED', assent_now(), gen_random_uuid())
      ) ${sql}`;
    });
    await match(business, [asCustomer(person, 'a')]);
    done();
    expect(stopped).toBe(true);
    expect(await contactsOf(business)).toEqual([]);
  });
});

function stopBusiness(api: GraphQLClient, business: string) {
  return api.do('mutation ($business: ID!) { stop(input: { business: $business }) { __typename } }', {
    business,
  });
}

function block(api: GraphQLClient, business: string) {
  return api.do('mutation ($business: ID!) { block(input: { business: $business }) { __typename } }', {
    business,
  });
}
