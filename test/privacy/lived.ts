import { expect } from '@jest/globals';
import { AuthenticatePerson, PhoneIndex } from '@assent/people';
import { write } from '../support/builders/conversations.js';
import { matchAll, type Reachable, send } from '../support/builders/messaging.js';
import { aPerson } from '../support/builders/people.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { type TestPlatform, until } from '../support/platform.js';

/** What every message to them says. */
export const TEXT = 'Your parcel waits at the Lindenbaum shop';
/** How many messages they got; and they wrote one. */
export const MESSAGES = 3;
/** How many events their ledger has. */
export const EVENTS = 4;

/** A person who has been here for a while. */
export interface Lived extends Reachable {
  personId: string;
  lane: number;
  /** Ids of the messages to them, as the business knows them. */
  messages: string[];
}

/** A person with a device, messages, and a ledger that the log covers; the platform needs its worker. */
export async function aLivedInPerson(platform: TestPlatform, business: GraphQLClient): Promise<Lived> {
  const { viewer: own } = await business.do('{ viewer { business { id } } }');
  const [reachable] = await matchAll(business, [await aPerson(platform)]);
  if (!reachable) throw new Error('Nobody was matched');
  const { person, contact } = reachable;
  const viewer = await platform.app
    .get(AuthenticatePerson, { strict: false })
    .authenticate(`Bearer ${person.token}`);
  if (!viewer) throw new Error('A person who has just signed in is not known');
  for (const change of ['allow', 'stop', 'allow', 'stop'])
    await person.api.do(`mutation { ${change}(input: { purpose: ADS }) { __typename } }`);
  const key = Buffer.alloc(32, 9).toString('base64');
  await person.api.do(
    `mutation { registerDevice(input: { name: "Phone", publicKey: "${key}" }) { __typename } }`,
  );
  await person.api.do(
    'mutation { setPreferences(input: { timeZone: "Europe/Berlin", marketingCap: 2 }) { __typename } }',
  );
  await person.api.do('mutation { exportMyData { __typename } }');
  expect(await write(person.api, own.business.id, TEXT)).toMatchObject({
    __typename: 'WriteToBusinessPayload',
  });
  const messages: string[] = [];
  for (let nr = 0; nr < MESSAGES; nr++)
    messages.push((await send(business, contact, { text: TEXT })).id ?? '');
  await until('the messages are there', async () => {
    const { inbox } = await person.api.do('{ inbox { nodes { text } } }');
    return inbox.nodes.length === MESSAGES;
  });
  await until('the log covers the ledger', async () => {
    const [row] = await platform.database.sql<{ covered: boolean }>(
      `SELECT count(*) = ${EVENTS} AND max(leaf_index) < (SELECT max(size) FROM consent_log_checkpoint) AS covered
       FROM consent_log_position WHERE person_id = $1`,
      [viewer.personId],
    );
    return row?.covered;
  });
  return { person, contact, messages, personId: viewer.personId, lane: viewer.lane };
}

/** All that a person could be recognised or found by. */
export function tracesOf(platform: TestPlatform, { person, personId }: Lived): string[] {
  const { index } = platform.app.get(PhoneIndex, { strict: false }).current(person.phone);
  return [person.phone.slice(1), index.toString('hex'), personId, Buffer.from(TEXT).toString('hex'), TEXT];
}

/** Every row of every table that has any of these texts in it. */
export async function rowsWith(platform: TestPlatform, texts: readonly string[]): Promise<string[]> {
  const tables = await platform.database.sql<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await platform.database.sql<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM ${name} t`,
    );
    for (const { row } of rows) if (texts.some((text) => row.includes(text))) found.push(`${name}: ${row}`);
  }
  return found;
}
