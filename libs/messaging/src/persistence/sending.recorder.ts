import { Injectable } from '@nestjs/common';
import type { TemplateSample } from '@assent/limits';
import type { Statement, Transaction } from '@assent/platform';
import type { MessagePurpose, MessageTemplate } from '../domain/message.js';
import type { SendingBusiness, SendingContact } from '../domain/situation.js';
import { SEALED_AT_REST_1 } from './content-vault.js';

/** A message to be written. */
export interface NewMessage {
  id: string;
  contact: SendingContact;
  seq: number;
  purpose: MessagePurpose;
  content: Buffer;
  idempotencyKey: string;
  takesPlace: boolean;
  /** Its slot, where that is later than now. */
  notBefore: Date | null;
  /** Until when it waits at most for reactions to its template. */
  pacedUntil: Date | null;
  /** The sample of its template as the batch leaves it, where the message changed it. */
  sample: TemplateSample | null;
  /** Its sender does not want it to wait for a limit. */
  refuseLimited: boolean;
  /** Null: it is free-form. */
  template: MessageTemplate | null;
  /** The message that it answers. */
  replyTo: string | null;
}

/** An answer to be kept for its idempotency key. */
export interface NewAnswer {
  keyHash: Buffer;
  bodyHash: Buffer;
  /** Null: it was refused. */
  messageId: string | null;
  /** Of a refusal, or of the deferral of an accepted message; then `retryAt` is until when. */
  reason: string | null;
  retryAt: Date | null;
  /** The parameter of a template that a refusal names. */
  parameter: string | null;
}

/** Writes what a batch decided. */
@Injectable()
export class SendingRecorder {
  /**
   * Messages, what they spent, the queue and the answers in one statement, in the transaction that holds the guards.
   * The upsert of the queue may wait for a claim of that conversation, which holds nothing else and ends at once.
   */
  async record(
    tx: Transaction,
    at: Date,
    messages: NewMessage[],
    answers: NewAnswer[],
    businesses: ReadonlyMap<string, SendingBusiness>,
  ): Promise<void> {
    const replies = messages.filter(({ replyTo }) => replyTo !== null);
    await Promise.all([
      tx.run(
        messages.length > 0 ? recordBatch(at, messages, answers, businesses) : recordAnswers(at, answers),
      ),
      // Few messages answer another one: those cost a statement more, in the same round trip, and all others nothing.
      replies.length > 0 ? tx.run(recordReplies(replies)) : undefined,
    ]);
  }
}

const ANSWERS = (from: number) => `INSERT INTO idempotency
    (key_hash, created_at, body_hash, message_id, reason, retry_at, parameter)
  SELECT key_hash, $1::timestamptz, body_hash, message_id, reason, retry_at, parameter
  FROM unnest($${from}::bytea[], $${from + 1}::bytea[], $${from + 2}::uuid[], $${from + 3}::text[], $${from + 4}::timestamptz[],
    $${from + 5}::text[])
    AS answer (key_hash, body_hash, message_id, reason, retry_at, parameter)`;

function recordAnswers(at: Date, answers: NewAnswer[]): Statement {
  return { name: 'send-record-answers', text: ANSWERS(2), values: [at, ...answerColumns(answers)] };
}

function recordBatch(
  at: Date,
  messages: NewMessage[],
  answers: NewAnswer[],
  businesses: ReadonlyMap<string, SendingBusiness>,
): Statement {
  return {
    name: 'send-record',
    text: `WITH sent AS (
        SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::purpose[],
          $9::bytea[], $10::text[], $11::boolean[], $12::timestamptz[], $13::boolean[], $14::uuid[], $15::uuid[], $16::text[], $17::timestamptz[])
          AS t (lane, id, business_id, person_id, contact_id, seq, purpose, content, key, takes_place, not_before, refuse_limited,
            template_id, template_version_id, template_language, paced_until)
      ), written AS (
        INSERT INTO message (lane, id, business_id, person_id, contact_id, seq, purpose, content_suite, content,
          idempotency_key, accepted_at, not_before, refuse_limited, template_id, template_version_id, template_language, paced_until)
        SELECT lane, id, business_id, person_id, contact_id, seq, purpose, ${SEALED_AT_REST_1}, content, key, $1, not_before, refuse_limited,
          template_id, template_version_id, template_language, paced_until
        FROM sent
      ), state AS (
        INSERT INTO contact_state (lane, contact_id, business_id, last_seq, pair_tat, reach_taken_at)
        SELECT * FROM unnest($18::smallint[], $19::uuid[], $20::uuid[], $21::int[], $22::timestamptz[], $23::timestamptz[])
        ON CONFLICT (lane, contact_id) DO UPDATE
          SET last_seq = excluded.last_seq, pair_tat = excluded.pair_tat, reach_taken_at = excluded.reach_taken_at
      ), queued AS (
        INSERT INTO conversation_queue (lane, person_id, contact_id, business_id, next_seq, since_id, due_at)
        SELECT lane, person_id, contact_id, business_id, min(seq), assent_uuid_floor($1), min(coalesce(not_before, $1))
        FROM sent GROUP BY lane, person_id, contact_id, business_id
        -- What waits in a conversation keeps its row, due later. One that is tried again after a failure stays so.
        -- Only a clock that was set back makes a later message's id smaller.
        ON CONFLICT (lane, person_id, contact_id) DO UPDATE
          SET since_id = least(conversation_queue.since_id, excluded.since_id),
            due_at = CASE WHEN conversation_queue.attempts = 0
              THEN least(conversation_queue.due_at, excluded.due_at) ELSE conversation_queue.due_at END
          WHERE conversation_queue.since_id > excluded.since_id
            OR (conversation_queue.due_at > excluded.due_at AND conversation_queue.attempts = 0)
      ), places AS (
        INSERT INTO reach_place (business_id, taken_at, contact_id)
        SELECT business_id, $1, contact_id FROM sent WHERE takes_place RETURNING business_id
      ), spent AS (
        UPDATE business_guard g
        SET reach_used = g.reach_used + coalesce(taken.places, 0), throughput_tat = business.throughput_tat
        FROM unnest($24::uuid[], $25::bigint[]) AS business (id, throughput_tat)
        LEFT JOIN (SELECT business_id, count(*)::int AS places FROM places GROUP BY business_id) taken
          ON taken.business_id = business.id
        WHERE g.business_id = business.id
      ), sampled AS (
        INSERT INTO template_sample AS s (template_id, business_id, version_id, began_at, used, out_ms, passed_at)
        SELECT sample.*
        FROM unnest($26::uuid[], $27::uuid[], $28::uuid[], $29::timestamptz[], $30::int[], $31::bigint[], $32::timestamptz[]) AS sample
        ON CONFLICT (template_id) DO UPDATE SET version_id = excluded.version_id, began_at = excluded.began_at,
          used = excluded.used, out_ms = excluded.out_ms, passed_at = coalesce(excluded.passed_at, s.passed_at)
      )
      ${ANSWERS(33)}`,
    values: [
      at,
      ...messageColumns(messages),
      ...contactColumns(messages),
      ...businessColumns(messages, businesses),
      ...sampleColumns(messages),
      ...answerColumns(answers),
    ],
  };
}

function recordReplies(replies: NewMessage[]): Statement {
  return {
    name: 'send-record-replies',
    text: `UPDATE message m SET reply_to = reply.reply_to
      FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS reply (lane, id, reply_to)
      WHERE m.lane = reply.lane AND m.id = reply.id`,
    values: [
      replies.map(({ contact }) => contact.lane),
      replies.map(({ id }) => id),
      replies.map(({ replyTo }) => replyTo),
    ],
  };
}

function messageColumns(messages: NewMessage[]): unknown[] {
  return [
    messages.map(({ contact }) => contact.lane),
    messages.map(({ id }) => id),
    messages.map(({ contact }) => contact.businessId),
    messages.map(({ contact }) => contact.personId),
    messages.map(({ contact }) => contact.contactId),
    messages.map(({ seq }) => seq),
    messages.map(({ purpose }) => purpose),
    messages.map(({ content }) => content),
    messages.map(({ idempotencyKey }) => idempotencyKey),
    messages.map(({ takesPlace }) => takesPlace),
    messages.map(({ notBefore }) => notBefore),
    messages.map(({ refuseLimited }) => refuseLimited),
    messages.map(({ template }) => template?.id ?? null),
    messages.map(({ template }) => template?.versionId ?? null),
    messages.map(({ template }) => template?.language ?? null),
    messages.map(({ pacedUntil }) => pacedUntil),
  ];
}

/** The state that the batch leaves each of its contacts in, once a contact. */
function contactColumns(messages: NewMessage[]): unknown[] {
  const contacts = [...new Set(messages.map(({ contact }) => contact))];
  return [
    contacts.map(({ lane }) => lane),
    contacts.map(({ contactId }) => contactId),
    contacts.map(({ businessId }) => businessId),
    contacts.map(({ lastSeq }) => lastSeq),
    contacts.map(({ pairTat }) => pairTat),
    contacts.map(({ reachTakenAt }) => reachTakenAt),
  ];
}

/** What the batch leaves of the throughput of each business that it accepted messages of. */
function businessColumns(
  messages: NewMessage[],
  businesses: ReadonlyMap<string, SendingBusiness>,
): unknown[] {
  const ids = [...new Set(messages.map(({ contact }) => contact.businessId))];
  return [ids, ids.map((id) => businesses.get(id)?.throughputTat)];
}

/** The samples that the batch changed, each once. */
function sampleColumns(messages: NewMessage[]): unknown[] {
  const changed = new Map(
    messages.flatMap(({ sample, ...message }) => (sample ? [[sample, message] as const] : [])),
  );
  const samples = [...changed.keys()];
  return [
    [...changed.values()].map(({ template }) => template?.id),
    [...changed.values()].map(({ contact }) => contact.businessId),
    samples.map(({ versionId }) => versionId),
    samples.map(({ beganAt }) => beganAt),
    samples.map(({ used }) => used),
    samples.map(({ outMs }) => outMs),
    samples.map(({ passedAt }) => passedAt),
  ];
}

function answerColumns(answers: NewAnswer[]): unknown[] {
  return [
    answers.map(({ keyHash }) => keyHash),
    answers.map(({ bodyHash }) => bodyHash),
    answers.map(({ messageId }) => messageId),
    answers.map(({ reason }) => reason),
    answers.map(({ retryAt }) => retryAt),
    answers.map(({ parameter }) => parameter),
  ];
}
