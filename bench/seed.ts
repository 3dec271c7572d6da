/** Seeds a database by COPY: what sending, dispatch, matching and stopping find there. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { copyInto } from './copy.ts';
import { type KeyRing, platform } from './platform.ts';
import type { Business, Population, SeededContact, Sender } from './population.ts';
import { LANES, seedMessages } from './seed-messages.ts';
import { seedSender } from './seed-sender.ts';

const SLICE = 50_000;
/** Handles that the load draws from; of more people every so many have one. */
const MOST_HANDLES = 1_000_000;

export interface Seeds {
  businesses: Business[];
  /** Tokens of the people who are signed in, who are the first ones, in order. */
  tokens: string[];
  /** E.164 numbers that are in the directory. */
  numbers: string[];
}

/** Everything is committed, analyzed, and frozen as far as VACUUM does that, when it returns. */
export async function seed(owner: pg.Pool, ring: string, population: Population): Promise<Seeds> {
  const client = await owner.connect();
  try {
    // What is seeded refers to rows that are seeded with it: to check each would take as long again.
    await client.query('SET session_replication_role = replica');
    const keys = platform.KeyRing.parse(ring);
    const senders: Sender[] = [];
    for (let nr = 0; nr < (population.businesses ?? 1); nr++)
      senders.push({ nr, ...(await seedSender(client, keys)) });
    const handles = new platform.Handles(keys);
    const seeds: Seeds = { businesses: senders.map(toBusiness), tokens: [], numbers: [] };
    const everySo = Math.ceil(population.people / MOST_HANDLES);
    const recipients: SeededContact[] = [];
    for (let from = 0; from < population.people; from += SLICE) {
      const people = slice(from, Math.min(population.people, from + SLICE), senders);
      await copyPeople(client, people);
      await copyStops(client, people, from, population.stoppedOneIn);
      people.forEach((contact, at) => {
        if ((from + at) % everySo !== 0) return;
        const { sender, contactId } = contact;
        const handle = handles.seal(`business:${sender.id}`, 'ctc', contactId);
        const business = seeds.businesses[sender.nr];
        if (stopped(from + at, population.stoppedOneIn)) business?.stopped.push(handle);
        else business?.contacts.push(handle);
      });
      await copyNumbers(client, keys, people.slice(0, Math.max(0, (population.numbers ?? 0) - from)), seeds);
      await copySessions(
        client,
        keys,
        people.slice(0, Math.max(0, (population.signedIn ?? 0) - from)),
        seeds,
      );
      if (population.messages) recipients.push(...people);
    }
    if (population.messages) await seedMessages(client, recipients, population.messages);
    await client.query('SET session_replication_role = origin');
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
    return seeds;
  } finally {
    client.release();
  }
}

function toBusiness({ id, apiKey }: Sender): Business {
  return { id, apiKey, contacts: [], stopped: [] };
}

const stopped = (nr: number, oneIn: number | undefined) => oneIn !== undefined && nr % oneIn === oneIn - 1;

/** People joined one after the other, and every lane has as many. */
function slice(from: number, end: number, senders: readonly Sender[]): SeededContact[] {
  const began = Date.now() - 86_400_000;
  return Array.from({ length: end - from }, (_, at) => {
    const nr = from + at;
    const lane = nr % LANES;
    const sender = senders[nr % senders.length];
    if (!sender) throw new Error('There is no business');
    const joined = began + Math.floor(nr / 1_000);
    return {
      lane,
      personId: platform.uuid7(joined, lane),
      contactId: platform.uuid7(joined, lane),
      sender,
    };
  });
}

async function copyPeople(client: pg.PoolClient, people: readonly SeededContact[]): Promise<void> {
  await copyInto(
    client,
    'person (lane, id, country, created_at)',
    people.map(({ lane, personId }) => `${lane}\t${personId}\tDE\tnow\n`),
  );
  await copyInto(
    client,
    'person_guard (lane, person_id)',
    people.map(({ lane, personId }) => `${lane}\t${personId}\n`),
  );
  const salts = randomBytes(32 * people.length).toString('hex');
  await copyInto(
    client,
    'contact (lane, id, business_id, person_id, content_salt, created_at)',
    people.map(
      ({ lane, contactId, sender, personId }, at) =>
        `${lane}\t${contactId}\t${sender.id}\t${personId}\t\\\\x${salts.slice(at * 64, at * 64 + 64)}\tnow\n`,
    ),
  );
}

async function copyStops(
  client: pg.PoolClient,
  people: readonly SeededContact[],
  from: number,
  oneIn: number | undefined,
): Promise<void> {
  const rows = people
    .filter((_, at) => stopped(from + at, oneIn))
    .map(
      ({ lane, personId, sender }) =>
        `${lane}\t${personId}\t${sender.id}\tEVERYTHING\tSTOPPED\tnow\t${platform.uuid7(Date.now(), lane)}\n`,
    );
  const columns = 'lane, person_id, business_id, subject, standing, since, event_id';
  if (rows.length > 0) await copyInto(client, `consent_state (${columns})`, rows);
}

/** German mobile numbers that can exist: +49 151 and eight digits. */
export const numberOf = (nr: number): string => `+49151${String(10_000_000 + nr)}`;

async function copyNumbers(
  client: pg.PoolClient,
  keys: KeyRing,
  people: readonly SeededContact[],
  seeds: Seeds,
): Promise<void> {
  if (people.length === 0) return;
  const begins = seeds.numbers.length;
  await copyInto(
    client,
    'number_directory (bucket, phone_index, index_version, lane, person_id)',
    people.map(({ lane, personId }, at) => {
      const number = numberOf(begins + at);
      seeds.numbers.push(number);
      const index = keys.mac('phone-index', number, 1);
      return `${index.readUInt16BE(0) >> 6}\t\\\\x${index.toString('hex')}\t1\t${lane}\t${personId}\n`;
    }),
  );
}

async function copySessions(
  client: pg.PoolClient,
  keys: KeyRing,
  people: readonly SeededContact[],
  seeds: Seeds,
): Promise<void> {
  if (people.length === 0) return;
  const ends = new Date(Date.now() + 86_400_000).toISOString();
  await copyInto(
    client,
    'person_session (token_hash, lane, person_id, created_at, expires_at)',
    people.map(({ lane, personId }) => {
      const token = platform.newSecret('pst');
      seeds.tokens.push(token);
      const hash = platform.hashSecret(keys, token).toString('hex');
      return `\\\\x${hash}\t${lane}\t${personId}\tnow\t${ends}\n`;
    }),
  );
}
