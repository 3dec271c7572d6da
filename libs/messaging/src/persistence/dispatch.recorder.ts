import { Injectable } from '@nestjs/common';
import { lookUp, type Statement, type Transaction, uuid7 } from '@assent/platform';
import type { ClaimedConversation, DispatchedMessage } from '../domain/dispatch-plan.js';
import type { DispatchLoad } from './dispatch.store.js';

/** Writes what dispatch decided. */
@Injectable()
export class DispatchRecorder {
  /**
   * Statuses, inbox entries, marketing that was seen, events, what waits, and what is left of the queue, in one
   * statement, in the transaction that holds the guards.
   */
  async record(tx: Transaction, load: DispatchLoad, planned: DispatchedMessage[]): Promise<void> {
    await tx.run(record(load, planned));
  }
}

/**
 * `message_wait` is only ever written under the guard of the person concerned. The windows of those who see marketing
 * now let go of what has left them.
 */
function record({ now, conversations }: DispatchLoad, planned: DispatchedMessage[]): Statement {
  return {
    name: 'dispatch-record',
    text: `WITH ended AS (
        SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::purpose[], $8::boolean[],
          $9::bigint[], $10::text[], $11::uuid[], $12::message_status[])
          AS t (lane, id, business_id, person_id, contact_id, purpose, waited, inbox_seq, reason, event_id, status)
      ), updated AS (
        UPDATE message m SET reason = ended.reason, status = ended.status,
          dispatched_at = CASE WHEN ended.reason IS NULL THEN $1::timestamptz END,
          ended_at = CASE WHEN ended.reason IS NULL THEN NULL ELSE $1::timestamptz END
        FROM ended WHERE m.lane = ended.lane AND m.id = ended.id
        RETURNING ended.business_id, ended.event_id, ended.lane, ended.contact_id, m.id, m.seq, m.status, m.reason
      ), entered AS (
        INSERT INTO inbox_entry (lane, person_id, inbox_seq, message_id)
        SELECT lane, person_id, inbox_seq, id FROM ended WHERE reason IS NULL
      ), numbered AS (
        UPDATE person_guard g SET inbox_seq = last.inbox_seq
        FROM (SELECT lane, person_id, max(inbox_seq) AS inbox_seq FROM ended WHERE reason IS NULL GROUP BY 1, 2) last
        WHERE g.lane = last.lane AND g.person_id = last.person_id
      ), seen AS (
        INSERT INTO marketing_seen (lane, person_id, seen_at, message_id)
        SELECT lane, person_id, $1, id FROM ended WHERE reason IS NULL AND purpose = 'MARKETING'
        RETURNING lane, person_id
      ), fallen AS (
        DELETE FROM marketing_seen s USING (SELECT DISTINCT lane, person_id FROM seen) of
        WHERE s.lane = of.lane AND s.person_id = of.person_id AND s.seen_at <= $1::timestamptz - interval '24 hours'
      ), counted AS (
        UPDATE contact_state s SET marketing_unread = s.marketing_unread + new.messages,
          marketing_seen = array_fill($1::timestamptz, ARRAY[new.messages]) || ARRAY(
            SELECT at FROM unnest(s.marketing_seen) WITH ORDINALITY AS earlier (at, nr)
            WHERE at > $1::timestamptz - interval '7 days' ORDER BY nr)
        FROM (SELECT lane, contact_id, count(*)::int AS messages FROM ended WHERE reason IS NULL AND purpose = 'MARKETING' GROUP BY 1, 2) new
        WHERE s.lane = new.lane AND s.contact_id = new.contact_id
      ), told AS (
        INSERT INTO event (business_id, id, type, lane, contact_id, message_id, data, at)
        SELECT business_id, event_id, 'message.status', lane, contact_id, id,
          jsonb_build_object('status', status, 'reason', reason, 'seq', seq), $1
        FROM updated
      ), over AS (
        DELETE FROM message_wait WHERE ctid = ANY (ARRAY(
          SELECT w.place FROM ended ${lookUp('message_wait', 'w', 'w.lane = ended.lane AND w.message_id = ended.id')}
          WHERE ended.waited))
      ), deferred AS (
        INSERT INTO message_wait (lane, message_id, business_id, person_id, contact_id, seq, purpose, until, reason, not_before,
          refuse_limited, template_id, send_at, expires_at, paced_until)
        SELECT * FROM unnest($13::smallint[], $14::uuid[], $15::uuid[], $16::uuid[], $17::uuid[], $18::int[],
          $19::purpose[], $20::timestamptz[], $21::text[], $22::timestamptz[], $23::boolean[], $24::uuid[],
          $25::timestamptz[], $26::timestamptz[], $27::timestamptz[])
        ON CONFLICT (lane, message_id) DO UPDATE SET until = excluded.until, reason = excluded.reason,
          not_before = excluded.not_before, send_at = excluded.send_at, paced_until = excluded.paced_until
      ), left_over AS (
        UPDATE conversation_queue q
        SET next_seq = rest.next_seq, due_at = rest.due_at, priority = rest.priority, lease_until = NULL, attempts = 0
        FROM unnest($28::tid[], $29::int[], $30::timestamptz[], $31::purpose[]) AS rest (place, next_seq, due_at, priority)
        WHERE q.ctid = rest.place
      )
      DELETE FROM conversation_queue WHERE ctid = ANY ($32::tid[])`,
    values: [now, ...endedColumns(now, planned), ...deferredColumns(planned), ...queueColumns(conversations)],
  };
}

function endedColumns(now: Date, planned: DispatchedMessage[]): unknown[] {
  const ended = planned.filter((each) => each.outcome !== 'DEFERRED');
  return [
    ended.map(({ conversation }) => conversation.lane),
    ended.map(({ message }) => message.id),
    ended.map(({ conversation }) => conversation.businessId),
    ended.map(({ conversation }) => conversation.personId),
    ended.map(({ conversation }) => conversation.contactId),
    ended.map(({ message }) => message.purpose),
    ended.map(({ message }) => message.waited),
    ended.map((each) => (each.outcome === 'VISIBLE' ? each.inboxSeq : null)),
    ended.map((each) => (each.outcome === 'VISIBLE' ? null : each.reason)),
    ended.map(() => uuid7(now.getTime())),
    ended.map(({ outcome }) => (outcome === 'VISIBLE' ? 'DISPATCHED' : outcome)),
  ];
}

function deferredColumns(planned: DispatchedMessage[]): unknown[] {
  const deferred = planned.filter((each) => each.outcome === 'DEFERRED');
  return [
    deferred.map(({ conversation }) => conversation.lane),
    deferred.map(({ message }) => message.id),
    deferred.map(({ conversation }) => conversation.businessId),
    deferred.map(({ conversation }) => conversation.personId),
    deferred.map(({ conversation }) => conversation.contactId),
    deferred.map(({ message }) => message.seq),
    deferred.map(({ message }) => message.purpose),
    deferred.map(({ until }) => until),
    deferred.map(({ reason }) => reason),
    deferred.map(({ message, spent }) => (spent ? spent.notBefore : (message.notBefore ?? null))),
    deferred.map(({ message }) => message.whenLimited === 'REFUSE'),
    deferred.map(({ message }) => message.templateId ?? null),
    deferred.map(({ message, spent }) => (spent ? null : (message.sendAt ?? null))),
    deferred.map(({ message }) => message.expiresAt ?? null),
    deferred.map(({ message, spent, pacedUntil }) =>
      spent ? null : (pacedUntil ?? message.paced?.until ?? null),
    ),
  ];
}

/** Conversations with something left go on behind what was loaded, now or when it is due; the others leave the queue. */
function queueColumns(conversations: ClaimedConversation[]): unknown[] {
  const rest = conversations.filter(({ dueAt }) => dueAt !== null);
  const done = conversations.filter(({ dueAt }) => dueAt === null);
  return [
    rest.map(({ place }) => place),
    rest.map(({ nextSeq }) => nextSeq),
    rest.map(({ dueAt }) => dueAt),
    rest.map(({ priority }) => priority),
    done.map(({ place }) => place),
  ];
}
