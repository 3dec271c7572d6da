import { Injectable } from '@nestjs/common';
import type { TemplateSample } from '@assent/limits';
import {
  BIGINT,
  BOOLEAN,
  BYTEA,
  column,
  HEX,
  INTEGER,
  inTurns,
  SMALLINT,
  type Statement,
  TEXT,
  TIME,
  type Transaction,
  UUID,
} from '@assent/platform';
import { type Content, encodeContent } from '../domain/content.js';
import type { MessagePurpose, MessageTemplate } from '../domain/message.js';
import type { SendingBusiness, SendingContact } from '../domain/situation.js';
import { changedContacts } from '../domain/changed-contacts.js';
import { ContentVault, SEALED_AT_REST_1 } from './content-vault.js';
import { MessageProofs } from './message-proofs.js';
import { type ChangedSample, keepSamples, sampleColumns } from './record-samples.js';

/** A message to be written. */
export interface NewMessage {
  id: string;
  contact: SendingContact;
  seq: number;
  purpose: MessagePurpose;
  words: Content;
  idempotencyKey: string;
  takesPlace: boolean;
  /** Its slot, where that is later than now. */
  notBefore: Date | null;
  /** What it is scheduled for. */
  sendAt: Date | null;
  expiresAt: Date;
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
  /** Both in hex. */
  keyHash: string;
  bodyHash: string;
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
  constructor(
    private readonly vault: ContentVault,
    private readonly proofs: MessageProofs,
  ) {}

  /**
   * What messages spend, the queue and the answers in one statement, which PostgreSQL runs while the contents are sealed here; then
   * the messages, the last of the transaction that holds the guards: the commit goes with it, so that they are free one
   * round trip sooner. The upsert of the queue may wait for a claim of that conversation, which holds nothing else and ends at once.
   */
  async record(
    tx: Transaction,
    at: Date,
    messages: NewMessage[],
    answers: NewAnswer[],
    businesses: ReadonlyMap<string, SendingBusiness>,
  ): Promise<void> {
    if (messages.length === 0) {
      await tx.finish(recordAnswers(at, answers));
      return;
    }
    const spent = tx.run(recordSpending(at, messages, answers, businesses));
    spent.catch(() => undefined); // comes out below, also when it fails while contents are sealed
    await tx.departure();
    const contents = await inTurns(messages, (message) => this.seal(message), { held: true });
    const written = recordMessages(at, messages, contents);
    const replies = messages.filter(({ replyTo }) => replyTo !== null);
    // Few messages answer another one: those cost a statement more, in the same round trip, and all others nothing.
    if (replies.length === 0) await Promise.all([spent, tx.finish(written)]);
    else await Promise.all([spent, tx.run(written), tx.finish(recordReplies(replies))]);
  }

  private seal({ id, contact, words }: NewMessage): Buffer {
    const proof = this.proofs.of(id, contact, words);
    return this.vault.seal(contact, id, encodeContent(words, proof));
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

function recordSpending(
  at: Date,
  messages: NewMessage[],
  answers: NewAnswer[],
  businesses: ReadonlyMap<string, SendingBusiness>,
): Statement {
  return {
    name: 'send-record-spending',
    text: `WITH contact AS MATERIALIZED (
        SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::timestamptz[], $8::timestamptz[],
          $9::boolean[], $10::int[], $11::timestamptz[], $12::text[], $13::boolean[])
          AS t (lane, id, business_id, person_id, last_seq, pair_tat, reach_taken_at, takes_place, next_seq, due_at, priority, is_kept)
      ), begun AS (
        -- Nobody else begins or ends a row meanwhile, as all do so under the guard of its person; so none of the two has to look
        -- whether there is one, which ON CONFLICT does with a lock and an entry in the log for each.
        INSERT INTO contact_state (lane, contact_id, business_id, last_seq, pair_tat, reach_taken_at)
        SELECT lane, id, business_id, last_seq, pair_tat, reach_taken_at FROM contact WHERE NOT is_kept
      ), kept AS (
        UPDATE contact_state s SET last_seq = c.last_seq, pair_tat = c.pair_tat, reach_taken_at = c.reach_taken_at
        FROM contact c WHERE c.is_kept AND s.lane = c.lane AND s.contact_id = c.id
      ), queued AS (
        INSERT INTO conversation_queue (lane, person_id, contact_id, business_id, next_seq, since_id, due_at, priority)
        SELECT lane, person_id, id, business_id, next_seq, $14::uuid, due_at, priority::purpose FROM contact
        -- What waits in a conversation keeps its row, due later. One that is tried again after a failure stays so.
        -- Only a clock that was set back makes a later message's id smaller. What is due first says how urgent it is, and
        -- of what is due already the most urgent.
        ON CONFLICT (lane, person_id, contact_id) DO UPDATE
          SET since_id = least(conversation_queue.since_id, excluded.since_id),
            due_at = CASE WHEN conversation_queue.attempts = 0
              THEN least(conversation_queue.due_at, excluded.due_at) ELSE conversation_queue.due_at END,
            priority = CASE WHEN conversation_queue.due_at > excluded.due_at THEN excluded.priority
              WHEN excluded.due_at <= $1 THEN least(conversation_queue.priority, excluded.priority)
              ELSE conversation_queue.priority END
          WHERE conversation_queue.since_id > excluded.since_id
            OR (conversation_queue.due_at > excluded.due_at AND conversation_queue.attempts = 0)
            OR (conversation_queue.priority > excluded.priority AND excluded.due_at <= $1)
      ), places AS (
        INSERT INTO reach_place (business_id, taken_at, contact_id)
        SELECT business_id, $1, id FROM contact WHERE takes_place RETURNING business_id
      ), spent AS (
        UPDATE business_guard g
        SET reach_used = g.reach_used + coalesce(taken.places, 0), throughput_tat = business.throughput_tat
        FROM unnest($15::uuid[], $16::bigint[]) AS business (id, throughput_tat)
        LEFT JOIN (SELECT business_id, count(*)::int AS places FROM places GROUP BY business_id) taken
          ON taken.business_id = business.id
        WHERE g.business_id = business.id
      ), sampled AS (
        ${keepSamples(17)}
      )
      ${ANSWERS(24)}`,
    values: [
      at,
      ...contactColumns(at, messages),
      lowestId(messages),
      ...businessColumns(messages, businesses),
      ...sampleColumns(changedSamples(messages)),
      ...answerColumns(answers),
    ],
  };
}

function recordMessages(at: Date, messages: NewMessage[], contents: Buffer[]): Statement {
  return {
    name: 'send-record-messages',
    text: `INSERT INTO message (content_suite, accepted_at, lane, id, business_id, person_id, contact_id, seq, purpose,
        idempotency_key, not_before, refuse_limited, template_id, template_version_id, template_language, paced_until, send_at, expires_at, content)
      SELECT ${SEALED_AT_REST_1}, $1::timestamptz, lane, id, business_id, person_id, contact_id, seq, purpose::purpose,
        key, not_before, refuse_limited, template_id, template_version_id, template_language, paced_until, send_at, expires_at, content
      FROM unnest($2::smallint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::text[], $9::text[], $10::timestamptz[],
        $11::boolean[], $12::uuid[], $13::uuid[], $14::text[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[], $18::bytea[])
        AS t (lane, id, business_id, person_id, contact_id, seq, purpose, key, not_before,
          refuse_limited, template_id, template_version_id, template_language, paced_until, send_at, expires_at, content)`,
    values: [at, ...messageColumns(messages), column(BYTEA, contents, (content) => content)],
  };
}

/** What no id of the batch is below. */
function lowestId(messages: NewMessage[]): string | undefined {
  return messages.reduce<string | undefined>(
    (lowest, { id }) => (lowest === undefined || id < lowest ? id : lowest),
    undefined,
  );
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
    column(SMALLINT, messages, ({ contact }) => contact.lane),
    column(UUID, messages, ({ id }) => id),
    column(UUID, messages, ({ contact }) => contact.businessId),
    column(UUID, messages, ({ contact }) => contact.personId),
    column(UUID, messages, ({ contact }) => contact.contactId),
    column(INTEGER, messages, ({ seq }) => seq),
    column(TEXT, messages, ({ purpose }) => purpose),
    column(TEXT, messages, ({ idempotencyKey }) => idempotencyKey),
    column(TIME, messages, ({ notBefore }) => notBefore),
    column(BOOLEAN, messages, ({ refuseLimited }) => refuseLimited),
    column(UUID, messages, ({ template }) => template?.id ?? null),
    column(UUID, messages, ({ template }) => template?.versionId ?? null),
    column(TEXT, messages, ({ template }) => template?.language ?? null),
    column(TIME, messages, ({ pacedUntil }) => pacedUntil),
    column(TIME, messages, ({ sendAt }) => sendAt),
    column(TIME, messages, ({ expiresAt }) => expiresAt),
  ];
}

function contactColumns(at: Date, messages: NewMessage[]): unknown[] {
  const changed = changedContacts(at, messages);
  return [
    column(SMALLINT, changed, ({ contact }) => contact.lane),
    column(UUID, changed, ({ contact }) => contact.contactId),
    column(UUID, changed, ({ contact }) => contact.businessId),
    column(UUID, changed, ({ contact }) => contact.personId),
    column(INTEGER, changed, ({ contact }) => contact.lastSeq),
    column(TIME, changed, ({ contact }) => contact.pairTat),
    column(TIME, changed, ({ contact }) => contact.reachTakenAt),
    column(BOOLEAN, changed, ({ takesPlace }) => takesPlace),
    column(INTEGER, changed, ({ nextSeq }) => nextSeq),
    column(TIME, changed, ({ dueAt }) => dueAt),
    column(TEXT, changed, ({ priority }) => priority),
    column(BOOLEAN, changed, ({ contact }) => contact.isKept),
  ];
}

/** What the batch leaves of the throughput of each business that it accepted messages of. */
function businessColumns(
  messages: NewMessage[],
  businesses: ReadonlyMap<string, SendingBusiness>,
): unknown[] {
  const ids = [...new Set(messages.map(({ contact }) => contact.businessId))];
  return [
    column(UUID, ids, (id) => id),
    column(BIGINT, ids, (id) => businesses.get(id)?.throughputTat ?? null),
  ];
}

function changedSamples(messages: NewMessage[]): ChangedSample[] {
  return messages.flatMap(({ sample, template, contact: { businessId } }) =>
    sample && template ? [{ templateId: template.id, businessId, sample }] : [],
  );
}

function answerColumns(answers: NewAnswer[]): unknown[] {
  return [
    column(HEX, answers, ({ keyHash }) => keyHash),
    column(HEX, answers, ({ bodyHash }) => bodyHash),
    column(UUID, answers, ({ messageId }) => messageId),
    column(TEXT, answers, ({ reason }) => reason),
    column(TIME, answers, ({ retryAt }) => retryAt),
    column(TEXT, answers, ({ parameter }) => parameter),
  ];
}
