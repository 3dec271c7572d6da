import { randomInt } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { decideImport } from '@assent/consent';
import fc from 'fast-check';
import { plantFault } from '../support/plant-fault.js';
import { sequence, story } from './consent-sequences.js';
import { ConsentStories, type Disagreement } from './consent-stories.js';

const SEQUENCES = 10_000;
/** Enough for a fault to show. */
const FEW = 500;
/** Sequences that share a story. */
const CAST = 2_000;

describe('whatever anybody does, in any order', () => {
  let stories: ConsentStories;
  let heal: () => void = () => undefined;

  beforeAll(async () => {
    stories = await ConsentStories.start();
  });
  afterEach(() => {
    heal();
    heal = () => undefined;
  });
  afterAll(() => stories.platform.stop());

  /** @returns what was found, and the seed with which it is found again */
  async function play(sequences: number, decide = decideImport) {
    const seed = randomInt(2 ** 31);
    const found: Disagreement[] = [];
    const casts = fc.sample(story, { numRuns: Math.ceil(sequences / CAST), seed });
    for (const [nr, one] of casts.entries()) {
      const cast = fc.sample(sequence, { numRuns: Math.min(CAST, sequences), seed: seed + nr });
      found.push(...(await stories.play(one, cast, decide)));
    }
    found.sort((one, other) => one.steps.length - other.steps.length);
    return { seed, disagreements: found.length, shortest: found[0] };
  }

  it(`ledger and state answer as the reference does: ${SEQUENCES} sequences`, async () => {
    expect(await play(SEQUENCES)).toEqual({ seed: expect.any(Number), disagreements: 0 });
    const [said] = await stories.platform.database.sql<{ events: number; imports: number; policies: number }>(
      `SELECT count(*)::int AS events, count(DISTINCT policy_version)::int AS policies,
        count(*) FILTER (WHERE actor = 'BUSINESS' AND action = 'ALLOW')::int AS imports FROM consent_event`,
    );
    expect(said?.events).toBeGreaterThan(2 * SEQUENCES);
    expect(said?.imports).toBeGreaterThan(SEQUENCES / 50);
    expect(said?.policies).toBeGreaterThanOrEqual(SEQUENCES / CAST);
  }, 600_000);

  it('would not, and this would be seen, if an allowance lifted a wider stop', async () => {
    heal = plantFault((sql) => (sql.startsWith('INSERT INTO consent_state') ? `${LIFT_WIDER} ${sql}` : sql));
    expect((await play(FEW)).disagreements).toBeGreaterThan(0);
  }, 120_000);

  it('would not, and this would be seen, if an opt-in that a business brings in lifted a stop', async () => {
    const fault: typeof decideImport = (optIn, facts) =>
      decideImport(optIn, { ...facts, said: facts.said.filter(({ subject }) => subject !== optIn.purpose) });
    expect((await play(FEW, fault)).disagreements).toBeGreaterThan(0);
  }, 120_000);
});

/** In the statement that writes what an event leaves behind: a stop of all of a business, or of everything, goes. */
const LIFT_WIDER = `WITH wider AS (
  UPDATE consent_state s SET standing = 'LIFTED'
  FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $5::consent_standing[]) AS fresh (lane, person_id, business_id, standing)
  WHERE s.lane = fresh.lane AND s.person_id = fresh.person_id AND s.business_id IS NOT DISTINCT FROM fresh.business_id
    AND s.subject = 'EVERYTHING' AND fresh.standing = 'ALLOWED')`;
