import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AuthenticatePerson, type PersonViewer } from '@assent/people';
import { aPerson } from '../support/builders/people.js';
import { startPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
let connection: pg.Client;
let mine: PersonViewer;
let theirs: PersonViewer;

beforeAll(async () => {
  platform = await startPlatform({}, { worker: false });
  const authenticate = platform.app.get(AuthenticatePerson, { strict: false });
  const viewer = async () => (await authenticate.authenticate(`Bearer ${(await aPerson(platform)).token}`))!;
  [mine, theirs] = [await viewer(), await viewer()];
  connection = new pg.Client({ connectionString: platform.database.appUrl });
  await connection.connect();
});
afterAll(async () => {
  await connection.end();
  await platform.stop();
});

/** Runs SQL in the application's own login, in a role, for a person, and undoes it. */
async function as(role: string, person: string | undefined, text: string): Promise<pg.QueryResult> {
  await connection.query(
    `BEGIN; SET LOCAL ROLE assent_${role}; ${person ? `SET LOCAL app.person = '${person}'` : ''}`,
  );
  try {
    return await connection.query(text);
  } finally {
    await connection.query('ROLLBACK');
  }
}

const OWN = {
  person: 'id',
  person_guard: 'person_id',
  person_number: 'person_id',
  person_session: 'person_id',
};

describe('beneath the API', () => {
  it.each(Object.entries(OWN))('a person reads of %s their own row only', async (table, key) => {
    const { rows } = await as('person', mine.personId, `SELECT ${key} AS owner FROM ${table}`);
    expect(rows).toEqual([{ owner: mine.personId }]);
    expect((await as('person', undefined, `SELECT ${key} FROM ${table}`)).rows).toEqual([]);
  });

  it('a person changes and removes nothing of another', async () => {
    const update = `UPDATE person_guard SET consent_seq = 9 WHERE person_id = '${theirs.personId}'`;
    const remove = `DELETE FROM person_session WHERE person_id = '${theirs.personId}'`;
    expect((await as('person', mine.personId, update)).rowCount).toBe(0);
    expect((await as('person', mine.personId, remove)).rowCount).toBe(0);
    const insert = `INSERT INTO device VALUES (${theirs.lane}, '${theirs.personId}', gen_random_uuid(), 'x',
      decode(repeat('01', 32), 'hex'), now())`;
    await expect(as('person', mine.personId, insert)).rejects.toThrow(/row-level security/);
  });

  it.each(['business', 'admin'])('the role %s reads nothing of any person', async (role) => {
    for (const table of [...Object.keys(OWN), 'device', 'number_directory', 'phone_code']) {
      await expect(as(role, undefined, `SELECT FROM ${table}`)).rejects.toThrow(/permission denied/);
    }
  });

  it.each(['engine', 'business', 'admin'])('the role %s never reads a sealed number', async (role) => {
    await expect(as(role, undefined, 'SELECT phone_sealed FROM person_number')).rejects.toThrow(
      /permission denied/,
    );
  });
});
