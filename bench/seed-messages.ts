/** Messages that were sent and read before, with what sending keeps beside them. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { copyInto } from './copy.ts';
import { platform } from './platform.ts';
import type { SeededContact } from './population.ts';

/** What a message of the bench's template is sealed as: version, nonce, proof, some 170 characters, tag. */
export const CONTENT_BYTES = 214;
/** Every lane has as many people. */
export const LANES = 1_024;
const HOUR_MS = 3_600_000;

/**
 * So many messages, dealt out to the contacts, with their idempotency records, which are all still valid, and the contacts'
 * state. They are in the partitions of now, which every new message goes to as well.
 */
export async function seedMessages(
  client: pg.PoolClient,
  contacts: readonly SeededContact[],
  messages: number,
): Promise<void> {
  const each = Math.ceil(messages / contacts.length);
  const byLane = [...contacts].sort((one, other) => one.lane - other.lane);
  const began = beginning(new Date());
  // Its entries come in no order: sorting them once is quicker than placing each.
  const [index] = (
    await client.query<{ definition: string }>(
      `SELECT pg_get_indexdef('message_by_business'::regclass) AS definition`,
    )
  ).rows;
  await client.query('DROP INDEX message_by_business');
  await copyInto(
    client,
    `message (lane, id, business_id, person_id, contact_id, seq, purpose, status, content_suite, content, idempotency_key,
      accepted_at, dispatched_at, delivered_at, read_at)`,
    messageLines(byLane, each, began),
  );
  await client.query(index?.definition ?? '');
  await copyInto(
    client,
    'contact_state (lane, contact_id, business_id, last_seq)',
    byLane.map(({ lane, contactId, sender }) => `${lane}\t${contactId}\t${sender.id}\t${each}\n`),
  );
  await copyInto(
    client,
    'idempotency (key_hash, created_at, body_hash, message_id)',
    answerLines(each * contacts.length, began),
  );
}

/** An hour ago, or when the month began where that is later. */
function beginning(now: Date): number {
  const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  return Math.max(month, now.getTime() - HOUR_MS);
}

function* messageLines(contacts: readonly SeededContact[], each: number, began: number): Generator<string> {
  const length = Date.now() - began;
  for (const { lane, contactId, personId, sender } of contacts) {
    const contents = randomBytes(CONTENT_BYTES * each).toString('hex');
    for (let seq = 1; seq <= each; seq++) {
      const time = began + Math.floor((length * (seq - 1)) / each);
      const at = new Date(time).toISOString();
      const content = contents.slice((seq - 1) * CONTENT_BYTES * 2, seq * CONTENT_BYTES * 2);
      yield (
        `${lane}\t${platform.uuid7(time, lane)}\t${sender.id}\t${personId}\t${contactId}\t${seq}\tSERVICE\tREAD\t1\t` +
        `\\\\x${content}\told-${seq}\t${at}\t${at}\t${at}\t${at}\n`
      );
    }
  }
}

/** Hashes come in no order. */
function* answerLines(count: number, began: number): Generator<string> {
  const at = new Date(began).toISOString();
  for (let nr = 0; nr < count; nr++) {
    const hashes = randomBytes(64).toString('hex');
    yield `\\\\x${hashes.slice(0, 64)}\t${at}\t\\\\x${hashes.slice(64)}\t${platform.uuid7(began)}\n`;
  }
}
