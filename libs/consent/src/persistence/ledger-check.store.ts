import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type PersonKey, type Transaction, uuid7 } from '@assent/platform';
import type { AlarmKind, Difference, StateWord } from '../domain/replay-ledger.js';
import { SEALED_EVENT, type SealedEvent, type SealedEventRow, toSealedEvent } from './sealed-event.js';

const LANES = 1_024;

/** How far the double check is. */
export interface CheckProgress {
  nextLeaf: number;
  /** The last round ended long enough ago, or there was none. */
  due: boolean;
}

/** Where a person's ledger ends, by their guard row, and the state beside it. */
export interface LedgerSides {
  seq: number;
  head: Buffer | null;
  state: StateWord[];
}

interface StateRow {
  business_id: string | null;
  subject: StateWord['subject'];
  standing: StateWord['standing'];
  since: Date;
  event_id: string;
}

/** What the double check reads, and what it found. In the role `engine`. */
@Injectable()
export class LedgerCheckStore {
  /** Makes this transaction the only one that checks, or returns false; a statement of its own, as every lock. */
  async takeTurn(tx: Transaction): Promise<boolean> {
    const [row] = await tx.rows<{ taken: boolean }>({
      text: `SELECT pg_try_advisory_xact_lock(hashtext('assent_ledger_check')) AS taken`,
    });
    return row?.taken ?? false;
  }

  async progress(tx: Transaction, everyMs: number): Promise<CheckProgress> {
    const [row] = await tx.rows<{ next_leaf: number; due: boolean }>({
      text: `SELECT next_leaf, coalesce(checked_at + make_interval(secs => $1::float8 / 1000) <= (SELECT assent_now()), true)
          AS due FROM consent_check`,
      values: [everyMs],
    });
    if (!row) throw new Error('The double check has no row');
    return { nextLeaf: row.next_leaf, due: row.due };
  }

  /** Whose events the leaves from one on are, and up to which leaf that is. */
  async personsFrom(
    tx: Transaction,
    leaf: number,
    limit: number,
  ): Promise<{ persons: PersonKey[]; nextLeaf: number }> {
    const rows = await tx.rows<{ lane: number; person_id: string; last_leaf: number }>({
      text: `SELECT lane, person_id, max(leaf_index) AS last_leaf FROM (
          SELECT lane, person_id, leaf_index FROM consent_log_position WHERE leaf_index >= $1 ORDER BY leaf_index LIMIT $2
        ) fresh GROUP BY lane, person_id`,
      values: [leaf, limit],
    });
    return {
      persons: rows.map(({ lane, person_id }) => ({ lane, personId: person_id })),
      nextLeaf: Math.max(leaf, ...rows.map(({ last_leaf }) => last_leaf + 1)),
    };
  }

  /** The persons that stand, in the order of their keys, behind a random place; round the end to the beginning. */
  async personsSomewhere(tx: Transaction, limit: number, now: Date): Promise<PersonKey[]> {
    const lane = randomInt(LANES);
    const id = uuid7(randomInt(now.getTime()), lane);
    const rows = await tx.rows<{ lane: number; id: string }>({
      text: `(SELECT lane, id FROM person WHERE (lane, id) >= ($1::smallint, $2::uuid) ORDER BY lane, id LIMIT $3)
        UNION (SELECT lane, id FROM person ORDER BY lane, id LIMIT $3) ORDER BY lane, id`,
      values: [lane, id, limit],
    });
    const persons = rows.map((row) => ({ lane: row.lane, personId: row.id }));
    const behind = persons.filter((one) => one.lane > lane || (one.lane === lane && one.personId >= id));
    return [...behind, ...persons].slice(0, limit);
  }

  /**
   * Where a person's ledger ends, and the state beside it, as of one moment: one statement. Undefined where the person is
   * gone.
   */
  async sides(tx: Transaction, { lane, personId }: PersonKey): Promise<LedgerSides | undefined> {
    const rows = await tx.rows<
      { seq: number; head: Buffer | null } & (StateRow | { [Column in keyof StateRow]: null })
    >({
      name: 'ledger-sides',
      text: `SELECT g.consent_seq AS seq, g.consent_head AS head, s.business_id, s.subject, s.standing, s.since, s.event_id
        FROM person_guard g LEFT JOIN consent_state s ON s.lane = g.lane AND s.person_id = g.person_id
        WHERE g.lane = $1 AND g.person_id = $2`,
      values: [lane, personId],
    });
    const [first] = rows;
    return (
      first && {
        seq: first.seq,
        head: first.head,
        state: rows.flatMap((row) =>
          row.event_id === null
            ? []
            : [
                {
                  businessId: row.business_id,
                  subject: row.subject,
                  standing: row.standing,
                  since: row.since,
                  eventId: row.event_id,
                },
              ],
        ),
      }
    );
  }

  /** A person's entries of these places, in order, each with the hash that the log has as its leaf. */
  async entries(
    tx: Transaction,
    { lane, personId }: PersonKey,
    { from, to }: { from: number; to: number },
    limit: number,
  ): Promise<{ event: SealedEvent; leaf: Buffer | null }[]> {
    const rows = await tx.rows<SealedEventRow & { leaf_hash: Buffer | null }>({
      name: 'ledger-check-entries',
      text: `SELECT ${SEALED_EVENT}, n.hash AS leaf_hash FROM consent_event e
        LEFT JOIN consent_log_position p ON p.lane = e.lane AND p.person_id = e.person_id AND p.event_id = e.id
        LEFT JOIN consent_log_node n ON n.level = 0 AND n.index = p.leaf_index
        WHERE e.lane = $1 AND e.person_id = $2 AND e.seq BETWEEN $3 AND $4 ORDER BY e.seq LIMIT $5`,
      values: [lane, personId, from, to, limit],
    });
    return rows.map((row) => ({ event: toSealedEvent(personId, row), leaf: row.leaf_hash }));
  }

  /** The first leaf that was an entry of this person, and is none any more. */
  async leafWithoutEntry(tx: Transaction, { lane, personId }: PersonKey): Promise<number | undefined> {
    const [row] = await tx.rows<{ leaf_index: number }>({
      name: 'ledger-check-leaves',
      text: `SELECT p.leaf_index FROM consent_log_position p
        LEFT JOIN consent_event e ON e.lane = p.lane AND e.person_id = p.person_id AND e.id = p.event_id
        WHERE p.lane = $1 AND p.person_id = $2 AND e.id IS NULL ORDER BY p.leaf_index LIMIT 1`,
      values: [lane, personId],
    });
    return row?.leaf_index;
  }

  /** Raises alarms, except those that are raised already. @returns the kinds that are new */
  async raise(
    tx: Transaction,
    { lane, personId }: PersonKey,
    differences: readonly Difference[],
    at: Date,
  ): Promise<AlarmKind[]> {
    const rows = await tx.rows<{ kind: AlarmKind }>({
      text: `INSERT INTO consent_alarm (lane, person_id, id, kind, detail, found_at)
        SELECT $1, $2, id, kind, detail, $6 FROM unnest($3::uuid[], $4::consent_alarm_kind[], $5::text[])
          AS found (id, kind, detail)
        ON CONFLICT (lane, person_id, kind) WHERE resolved_at IS NULL DO NOTHING RETURNING kind`,
      values: [
        lane,
        personId,
        differences.map(() => uuid7(at.getTime())),
        differences.map(({ kind }) => kind),
        differences.map(({ detail }) => detail),
        at,
      ],
    });
    return rows.map(({ kind }) => kind);
  }

  /** Notes how far it is, what was counted, and, at the end of a round, the time. */
  async proceed(
    tx: Transaction,
    {
      nextLeaf,
      persons,
      alarms,
      ended,
    }: { nextLeaf: number; persons: number; alarms: number; ended: boolean },
  ): Promise<void> {
    await tx.run({
      text: `UPDATE consent_check SET next_leaf = $1, persons = persons + $2, alarms = alarms + $3,
        checked_at = CASE WHEN $4 THEN (SELECT assent_now()) ELSE checked_at END`,
      values: [nextLeaf, persons, alarms, ended],
    });
  }
}
