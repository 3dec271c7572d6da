import { Injectable } from '@nestjs/common';
import { type PersonKey, randomFromPool, type Transaction } from '@assent/platform';
import { type ConsentRecord, sinceOf, standingAfter } from '../domain/consent-event.js';
import type { ConsentScope } from '../domain/consent-fact.js';
import { entryHash } from './log-hashes.js';
import { EVENT, type EventRow, type LedgerEntry, toEntry } from './sealed-event.js';

/** A person's guard row, locked: the end of their ledger. */
export interface LedgerEnd extends PersonKey {
  seq: number;
  head: Buffer | null;
}

/** What goes behind the end of one person's ledger, in its order. */
export interface Addition {
  end: LedgerEnd;
  records: readonly ConsentRecord[];
}

/** An event and what ties it to the one before. */
interface Link extends PersonKey {
  record: ConsentRecord;
  salt: Buffer;
  previous: Buffer | null;
  hash: Buffer;
}

const SALT_BYTES = 32;

/**
 * The append-only history of every person's consent, and beside it the state that follows from it. Each event holds
 * `SHA-256(hash of the one before ‖ salt ‖ canonical record)`, so a changed, removed or moved event breaks the chain;
 * the salt makes the hash say nothing about a record that was erased.
 */
@Injectable()
export class ConsentLedger {
  /**
   * Locks a person's guard row and reads the end of their ledger from it. NO KEY UPDATE: senders and stops exclude
   * one another, foreign keys do not wait. With `skipLocked`, undefined where somebody else holds it.
   */
  async lock(
    tx: Transaction,
    { lane, personId }: PersonKey,
    skipLocked = false,
  ): Promise<LedgerEnd | undefined> {
    const [row] = await tx.rows<{ consent_seq: number; consent_head: Buffer | null }>({
      name: skipLocked ? 'ledger-lock-free' : 'ledger-lock',
      text: `SELECT consent_seq, consent_head FROM person_guard
        WHERE lane = $1 AND person_id = $2 FOR NO KEY UPDATE ${skipLocked ? 'SKIP LOCKED' : ''}`,
      values: [lane, personId],
    });
    return row && { lane, personId, seq: row.consent_seq, head: row.consent_head };
  }

  /** Whether there is such a person; those who were erased are not. */
  async exists(tx: Transaction, { lane, personId }: PersonKey): Promise<boolean> {
    const [row] = await tx.rows({
      text: 'SELECT FROM person_guard WHERE lane = $1 AND person_id = $2',
      values: [lane, personId],
    });
    return row !== undefined;
  }

  /**
   * The same for many people, ordered by lane and id as every writer does. Nobody may be named twice.
   * @returns the ends of those who have a guard row, by the person's id
   */
  async lockAll(tx: Transaction, people: readonly PersonKey[]): Promise<Map<string, LedgerEnd>> {
    const rows = await tx.rows<{
      lane: number;
      person_id: string;
      consent_seq: number;
      consent_head: Buffer | null;
    }>({
      name: 'ledger-lock-all',
      text: `SELECT g.lane, g.person_id, g.consent_seq, g.consent_head
        FROM unnest($1::smallint[], $2::uuid[]) AS person (lane, id)
        JOIN person_guard g ON g.lane = person.lane AND g.person_id = person.id
        ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
      values: [people.map(({ lane }) => lane), people.map(({ personId }) => personId)],
    });
    return new Map(
      rows.map((row) => [
        row.person_id,
        { lane: row.lane, personId: row.person_id, seq: row.consent_seq, head: row.consent_head },
      ]),
    );
  }

  /** Appends events behind locked ends, and brings the state up to them: one round trip for any number of people. */
  async append(tx: Transaction, additions: readonly Addition[]): Promise<void> {
    const chains = additions.map(chained);
    const links = chains.flat();
    const people = [links.map(({ lane }) => lane), links.map(({ personId }) => personId)];
    await Promise.all([
      tx.run({
        name: 'ledger-append',
        text: `INSERT INTO consent_event (lane, person_id, id, seq, at, actor, action, business_id, purpose, source,
            policy_version, evidence_kind, evidence_at, wording_hash, evidence_ref, salt, previous_hash, hash)
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bigint[], $5::timestamptz[],
            $6::consent_actor[], $7::consent_action[], $8::uuid[], $9::purpose[], $10::text[], $11::integer[],
            $12::text[], $13::timestamptz[], $14::bytea[], $15::text[], $16::bytea[], $17::bytea[], $18::bytea[])`,
        values: [
          ...people,
          links.map(({ record }) => record.id),
          links.map(({ record }) => record.seq),
          links.map(({ record }) => record.at),
          links.map(({ record }) => record.actor),
          links.map(({ record }) => record.action),
          links.map(({ record }) => record.businessId),
          links.map(({ record }) => record.purpose),
          links.map(({ record }) => record.source),
          links.map(({ record }) => record.policyVersion),
          links.map(({ record }) => record.evidence?.kind ?? null),
          links.map(({ record }) => record.evidence?.at ?? null),
          links.map(({ record: { evidence } }) =>
            evidence?.wordingHash ? Buffer.from(evidence.wordingHash, 'hex') : null,
          ),
          links.map(({ record }) => record.evidence?.reference ?? null),
          links.map(({ salt }) => salt),
          links.map(({ previous }) => previous),
          links.map(({ hash }) => hash),
        ],
      }),
      project(tx, links),
      // In this transaction, so that no event can miss the log; see ADR 10.
      tx.run({
        name: 'ledger-queue-for-log',
        text: `INSERT INTO consent_log_queue (lane, person_id, event_id)
          SELECT lane, person_id, id
          FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS event (lane, person_id, id, nr)
          ORDER BY nr`,
        values: [...people, links.map(({ record }) => record.id)],
      }),
      tx.run({
        name: 'ledger-move-end',
        text: `UPDATE person_guard g SET consent_seq = fresh.seq, consent_head = fresh.head
          FROM unnest($1::smallint[], $2::uuid[], $3::bigint[], $4::bytea[]) AS fresh (lane, person_id, seq, head)
          WHERE g.lane = fresh.lane AND g.person_id = fresh.person_id`,
        values: [
          additions.map(({ end }) => end.lane),
          additions.map(({ end }) => end.personId),
          additions.map(({ end, records }) => end.seq + records.length),
          chains.map((chain, at) => chain.at(-1)?.hash ?? additions[at]?.end.head ?? null),
        ],
      }),
    ]);
  }

  /** One event of a person, by its id. */
  async event(tx: Transaction, person: PersonKey, id: string): Promise<LedgerEntry | undefined> {
    const [row] = await tx.rows<EventRow>({
      text: `SELECT ${EVENT} FROM consent_event WHERE lane = $1 AND person_id = $2 AND id = $3`,
      values: [person.lane, person.personId, id],
    });
    return row && toEntry(person.personId, row);
  }

  /** A person's events before one, newest first. */
  async history(
    tx: Transaction,
    person: PersonKey,
    before: number | null,
    limit: number,
  ): Promise<LedgerEntry[]> {
    const rows = await tx.rows<EventRow>({
      text: `SELECT ${EVENT} FROM consent_event
        WHERE lane = $1 AND person_id = $2 AND ($3::bigint IS NULL OR seq < $3) ORDER BY seq DESC LIMIT $4`,
      values: [person.lane, person.personId, before, limit],
    });
    return rows.map((row) => toEntry(person.personId, row));
  }

  /** Whether a stop of a person came when the very same was in force already. */
  async repeats(tx: Transaction, { lane, personId }: PersonKey, id: string): Promise<boolean> {
    const rows = await tx.rows({
      text: `SELECT FROM consent_event e
        CROSS JOIN LATERAL (
          SELECT action FROM consent_event
          WHERE lane = e.lane AND person_id = e.person_id AND seq < e.seq
            AND business_id IS NOT DISTINCT FROM e.business_id AND purpose IS NOT DISTINCT FROM e.purpose
            AND (action IN ('BLOCK', 'UNBLOCK')) = (e.action IN ('BLOCK', 'UNBLOCK'))
          ORDER BY seq DESC LIMIT 1
        ) before
        WHERE e.lane = $1 AND e.person_id = $2 AND e.id = $3 AND before.action IN ('STOP', 'BLOCK')`,
      values: [lane, personId, id],
    });
    return rows.length > 0;
  }

  /**
   * The newest event of exactly this scope, blocks left out; with `unless`, the newest that is no stop of that source.
   */
  async newestOf(
    tx: Transaction,
    { lane, personId }: PersonKey,
    { businessId, purpose }: ConsentScope,
    unless: string | null = null,
  ): Promise<LedgerEntry | undefined> {
    const [row] = await tx.rows<EventRow>({
      text: `SELECT ${EVENT} FROM consent_event
        WHERE lane = $1 AND person_id = $2 AND business_id IS NOT DISTINCT FROM $3 AND purpose IS NOT DISTINCT FROM $4
          AND action NOT IN ('BLOCK', 'UNBLOCK') AND ($5::text IS NULL OR action <> 'STOP' OR source <> $5)
        ORDER BY seq DESC LIMIT 1`,
      values: [lane, personId, businessId, purpose, unless],
    });
    return row && toEntry(personId, row);
  }
}

/** Ties a person's records to one another and to the end of their ledger. */
function chained({ end: { lane, personId, head }, records }: Addition): Link[] {
  let previous = head;
  return records.map((record) => {
    const salt = Buffer.from(randomFromPool(SALT_BYTES));
    const hash = entryHash(previous, salt, record);
    const link = { lane, personId, record, salt, previous, hash };
    previous = hash;
    return link;
  });
}

/** The state is the last word on each subject in each scope; one statement can write a row only once. */
async function project(tx: Transaction, links: readonly Link[]): Promise<void> {
  const lastWords = new Map(
    links.map((link) => {
      const after = standingAfter(link.record);
      return [`${link.personId}/${after.businessId}/${after.subject}`, { ...link, ...after }];
    }),
  );
  const words = [...lastWords.values()];
  await tx.run({
    name: 'ledger-project',
    text: `INSERT INTO consent_state (lane, person_id, business_id, subject, standing, since, event_id)
      SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::consent_subject[], $5::consent_standing[],
        $6::timestamptz[], $7::uuid[])
      ON CONFLICT (lane, person_id, business_id, subject) DO UPDATE
        SET standing = excluded.standing, since = excluded.since, event_id = excluded.event_id`,
    values: [
      words.map(({ lane }) => lane),
      words.map(({ personId }) => personId),
      words.map(({ businessId }) => businessId),
      words.map(({ subject }) => subject),
      words.map(({ standing }) => standing),
      words.map(({ record }) => sinceOf(record)),
      words.map(({ record }) => record.id),
    ],
  });
}
