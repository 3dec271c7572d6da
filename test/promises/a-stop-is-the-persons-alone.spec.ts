import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aBusiness } from '../support/builders/accounts.js';
import { anOptIn, importAll } from '../support/builders/imports.js';
import { reachablePeople, type Reachable } from '../support/builders/messaging.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { plantFault, withoutLocks } from '../support/plant-fault.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

const PEOPLE = 120;

describe('promise: a stop is the person’s alone', () => {
  let platform: TestPlatform;
  let business: GraphQLClient;
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform();
    business = platform.business((await aBusiness(platform)).apiKey);
  });
  afterEach(async () => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => platform.stop());

  /** Everybody stops something while a file with the opt-ins of all of them is brought in again and again. */
  async function race({ broken = false } = {}): Promise<Reachable[]> {
    const people = await reachablePeople(platform, business, broken ? PEOPLE / 2 : PEOPLE);
    // With a planted fault some operations fail; without one none may.
    const done = (work: Promise<unknown>) => (broken ? work.catch(() => undefined) : work);
    const stopping = [...people];
    const stops = [0, 1, 2, 3].map(async () => {
      for (let next = stopping.pop(); next; next = stopping.pop()) {
        await done(next.person.api.do('mutation { stop(input: { purpose: MARKETING }) { eventId } }'));
      }
    });
    const imports = [0, 1].map(async () => {
      while (stopping.length > 0) {
        await done(
          importAll(
            business,
            people.map(({ contact }) => anOptIn(contact)),
          ),
        );
      }
    });
    await Promise.all([...stops, ...imports]);
    return people;
  }

  /** By PostgreSQL's own record of when transactions committed (`track_commit_timestamp`). */
  async function counts(): Promise<{ imported: number; stops: number; late: number; broken: number }> {
    const [row] = await platform.database.sql<{
      imported: number;
      stops: number;
      late: number;
      broken: number;
    }>(`
      WITH event AS (SELECT *, pg_xact_commit_timestamp(xmin) AS committed FROM consent_event)
      SELECT
        (SELECT count(*)::int FROM event WHERE actor = 'BUSINESS') AS imported,
        (SELECT count(*)::int FROM event WHERE action = 'STOP') AS stops,
        (SELECT count(*)::int FROM event i JOIN event s USING (lane, person_id)
          WHERE i.actor = 'BUSINESS' AND s.action = 'STOP' AND i.committed > s.committed) AS late,
        (SELECT count(*)::int FROM consent_state WHERE subject = 'MARKETING' AND business_id IS NULL
          AND standing <> 'STOPPED') AS broken`);
    if (!row) throw new Error('The oracle is silent');
    return row;
  }

  it('is never followed by an opt-in that a business brings in, however they race', async () => {
    const people = await race();
    const { imported, stops, late, broken } = await counts();
    expect(stops).toBe(people.length);
    expect(imported).toBeGreaterThan(0);
    expect({ late, broken }).toEqual({ late: 0, broken: 0 });
  }, 120_000);

  it('would be, and this would be seen, were the people not locked', async () => {
    heal = plantFault(withoutLocks);
    for (let round = 0; round < 10 && (await counts()).late === 0; round++) await race({ broken: true });
    expect((await counts()).late).toBeGreaterThan(0);
  }, 120_000);
});
