import { Injectable } from '@nestjs/common';
import { type ConsentFact, type ConsentFacts, PolicyStore, selectSaid } from '@assent/consent';
import { type Statement, type Transaction, uuid7 } from '@assent/platform';
import type { ClaimedConversation, DispatchedMessage } from '../domain/dispatch-plan.js';
import type { BusinessFacts } from '../domain/facts.js';
import type { MessagePurpose } from '../domain/message.js';
import type { Claim } from './queue.store.js';

/** Messages of one conversation in one round: a longer queue takes its turn again, behind others. */
const MOST_PER_ROUND = 50;

/** What dispatch decides on. */
export interface DispatchLoad {
  now: Date;
  conversations: ClaimedConversation[];
  /** The last number used in each person's inbox. */
  inboxSeqs: Map<string, number>;
}

/** The reads and writes of dispatch, all of them under the guards of the people concerned. */
@Injectable()
export class DispatchStore {
  constructor(private readonly policies: PolicyStore) {}

  /**
   * Locks the guards of the claimed people, ordered by lane and id, and then, in later statements and so as of after
   * the locks, loads what is left to dispatch. A claim that another worker has taken over is left out.
   */
  async lockAndLoad(tx: Transaction, claims: Claim[]): Promise<DispatchLoad> {
    const people = peopleOf(claims);
    const [, guards, queueRows, messageRows, consentRows, { now, policy }] = await Promise.all([
      tx.run(lockPeople(people)),
      tx.rows<{ person_id: string; inbox_seq: number }>(loadInboxSeqs(people)),
      tx.rows<QueueRow>(loadQueue(claims)),
      tx.rows<MessageRow>(loadMessages(claims)),
      tx.rows<ConsentRow>(loadConsent(claims)),
      this.policies.inForce(tx),
    ]);
    const conversations = new Map(
      queueRows.map((row) => [
        row.contact_id,
        toConversation(row, { said: [], policy: policy.forCountry(row.country), now }),
      ]),
    );
    for (const { contact_id, business_id, subject, standing, since } of consentRows) {
      conversations
        .get(contact_id)
        ?.contact?.consent.said.push({ businessId: business_id, subject, standing, since });
    }
    for (const { contact_id, id, seq, purpose, status } of messageRows) {
      conversations.get(contact_id)?.messages.push({ id, seq, purpose, status });
    }
    for (const conversation of conversations.values()) {
      conversation.more = conversation.messages.length >= MOST_PER_ROUND;
    }
    return {
      now,
      conversations: [...conversations.values()],
      inboxSeqs: new Map(guards.map((row) => [row.person_id, row.inbox_seq])),
    };
  }

  /** Writes what was decided: statuses, inbox entries, events, and what is left of the queue, in one statement. */
  async record(tx: Transaction, load: DispatchLoad, planned: DispatchedMessage[]): Promise<void> {
    await tx.run(record(load, planned));
  }
}

interface QueueRow {
  lane: number;
  person_id: string;
  contact_id: string;
  business_id: string;
  fence: number;
  known: boolean;
  country: string | null;
  status: BusinessFacts['status'];
}

interface MessageRow {
  contact_id: string;
  id: string;
  seq: number;
  purpose: MessagePurpose;
  status: string;
}

interface ConsentRow {
  contact_id: string;
  business_id: string | null;
  subject: ConsentFact['subject'];
  standing: ConsentFact['standing'];
  since: Date;
}

const CLAIMED = `unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::bigint[]) AS claim (lane, person_id, contact_id, fence)
  JOIN conversation_queue q ON q.lane = claim.lane AND q.person_id = claim.person_id
    AND q.contact_id = claim.contact_id AND q.fence = claim.fence`;

function columns(claims: Claim[]): unknown[] {
  return [
    claims.map(({ lane }) => lane),
    claims.map(({ personId }) => personId),
    claims.map(({ contactId }) => contactId),
    claims.map(({ fence }) => fence),
  ];
}

interface People {
  lanes: number[];
  ids: string[];
}

const ASKED_PEOPLE = `unnest($1::smallint[], $2::uuid[]) AS asked (lane, person_id)
  JOIN person_guard g ON g.lane = asked.lane AND g.person_id = asked.person_id`;

function peopleOf(claims: Claim[]): People {
  const people = new Map(claims.map(({ lane, personId }) => [personId, lane]));
  return { lanes: [...people.values()], ids: [...people.keys()] };
}

function lockPeople({ lanes, ids }: People): Statement {
  return {
    name: 'dispatch-lock-people',
    text: `SELECT FROM ${ASKED_PEOPLE} ORDER BY g.lane, g.person_id FOR NO KEY UPDATE OF g`,
    values: [lanes, ids],
  };
}

/** Read after the lock, like everything that is written back. */
function loadInboxSeqs({ lanes, ids }: People): Statement {
  return {
    name: 'dispatch-load-inbox-seqs',
    text: `SELECT g.person_id, g.inbox_seq FROM ${ASKED_PEOPLE}`,
    values: [lanes, ids],
  };
}

function loadQueue(claims: Claim[]): Statement {
  return {
    name: 'dispatch-load-queue',
    text: `SELECT q.lane, q.person_id, q.contact_id, q.business_id, q.fence, c.person_id IS NOT NULL AS known, p.country, b.status
      FROM ${CLAIMED}
      JOIN business b ON b.id = q.business_id
      LEFT JOIN person p ON p.lane = q.lane AND p.id = q.person_id
      LEFT JOIN contact c ON c.lane = q.lane AND c.id = q.contact_id`,
    values: columns(claims),
  };
}

function loadMessages(claims: Claim[]): Statement {
  return {
    name: 'dispatch-load-messages',
    text: `SELECT q.contact_id, m.id, m.seq, m.purpose, m.status FROM ${CLAIMED}
      CROSS JOIN LATERAL (
        SELECT id, seq, purpose, status FROM message
        WHERE lane = q.lane AND contact_id = q.contact_id AND seq >= q.next_seq AND id >= q.since_id
          AND direction = 'OUTBOUND'
        ORDER BY seq LIMIT ${MOST_PER_ROUND}
      ) m
      ORDER BY q.contact_id, m.seq`,
    values: columns(claims),
  };
}

function loadConsent(claims: Claim[]): Statement {
  return {
    name: 'dispatch-load-consent',
    text: selectSaid('q.contact_id', CLAIMED, 'q'),
    values: columns(claims),
  };
}

function toConversation(row: QueueRow, consent: ConsentFacts): ClaimedConversation {
  return {
    lane: row.lane,
    personId: row.person_id,
    contactId: row.contact_id,
    businessId: row.business_id,
    fence: row.fence,
    business: { status: row.status },
    contact: row.known ? { consent } : undefined,
    messages: [],
    more: false,
  };
}

function record({ now, conversations }: DispatchLoad, planned: DispatchedMessage[]): Statement {
  return {
    name: 'dispatch-record',
    text: `WITH ended AS (
        SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::uuid[])
          AS t (lane, id, business_id, person_id, contact_id, inbox_seq, reason, event_id)
      ), updated AS (
        UPDATE message m SET reason = ended.reason,
          status = CASE WHEN ended.reason IS NULL THEN 'DISPATCHED' ELSE 'SUPPRESSED' END::message_status,
          dispatched_at = CASE WHEN ended.reason IS NULL THEN $1::timestamptz END,
          ended_at = CASE WHEN ended.reason IS NULL THEN NULL ELSE $1::timestamptz END
        FROM ended WHERE m.lane = ended.lane AND m.id = ended.id
      ), entered AS (
        INSERT INTO inbox_entry (lane, person_id, inbox_seq, message_id)
        SELECT lane, person_id, inbox_seq, id FROM ended WHERE reason IS NULL
      ), numbered AS (
        UPDATE person_guard g SET inbox_seq = last.inbox_seq
        FROM (SELECT lane, person_id, max(inbox_seq) AS inbox_seq FROM ended WHERE reason IS NULL GROUP BY 1, 2) last
        WHERE g.lane = last.lane AND g.person_id = last.person_id
      ), told AS (
        INSERT INTO event (business_id, id, type, lane, contact_id, message_id, data, at)
        SELECT business_id, event_id, 'message.status', lane, contact_id, id,
          jsonb_build_object('status', CASE WHEN reason IS NULL THEN 'DISPATCHED' ELSE 'SUPPRESSED' END, 'reason', reason), $1
        FROM ended
      ), left_over AS (
        UPDATE conversation_queue q SET next_seq = rest.next_seq, lease_until = NULL, attempts = 0, due_at = $1
        FROM unnest($10::smallint[], $11::uuid[], $12::uuid[], $13::bigint[], $14::int[])
          AS rest (lane, person_id, contact_id, fence, next_seq)
        WHERE q.lane = rest.lane AND q.person_id = rest.person_id AND q.contact_id = rest.contact_id
          AND q.fence = rest.fence
      )
      DELETE FROM conversation_queue q
      USING unnest($15::smallint[], $16::uuid[], $17::uuid[], $18::bigint[]) AS done (lane, person_id, contact_id, fence)
      WHERE q.lane = done.lane AND q.person_id = done.person_id AND q.contact_id = done.contact_id
        AND q.fence = done.fence`,
    values: [now, ...messageColumns(now, planned), ...queueColumns(conversations)],
  };
}

function messageColumns(now: Date, planned: DispatchedMessage[]): unknown[] {
  return [
    planned.map(({ conversation }) => conversation.lane),
    planned.map(({ message }) => message.id),
    planned.map(({ conversation }) => conversation.businessId),
    planned.map(({ conversation }) => conversation.personId),
    planned.map(({ conversation }) => conversation.contactId),
    planned.map(({ inboxSeq }) => inboxSeq),
    planned.map(({ reason }) => reason),
    planned.map(() => uuid7(now.getTime())),
  ];
}

/** Conversations with more to come go on behind what was loaded; the others leave the queue. */
function queueColumns(conversations: ClaimedConversation[]): unknown[] {
  const rest = conversations.filter(({ more }) => more);
  const done = conversations.filter(({ more }) => !more);
  return [...columns(rest), rest.map(({ messages }) => (messages.at(-1)?.seq ?? 0) + 1), ...columns(done)];
}
