import { Injectable } from '@nestjs/common';
import { type Stop, StopEffect } from '@assent/consent';
import { appendEvents, Hints, type PersonKey, type Transaction } from '@assent/platform';
import type { Reason } from '../domain/reasons.js';
import { endHandOffs, type EndingHandOffs } from './end-hand-offs.js';

/**
 * What a stop does to messages: those it covers that are still queued, or wait for their time, end SUPPRESSED in the
 * stop's own transaction; what waits for a carrier ends with them.
 */
@Injectable()
export class SuppressQueued extends StopEffect {
  constructor(private readonly hints: Hints) {
    super();
  }

  /** The stop holds the person's guard, so nothing is accepted, deferred or dispatched for this person meanwhile. */
  async suppress(tx: Transaction, { lane, personId, businessId, subject, at }: Stop): Promise<void> {
    const purpose = subject === 'EVERYTHING' || subject === 'BLOCK' ? null : subject;
    const reason = subject === 'BLOCK' ? 'CONTACT_BLOCKED' : 'CONSENT_STOPPED';
    await this.ending(tx, { lane, personId, businessId, purpose, reason, at });
  }

  /** Ends all that is queued for a person who is gone, under their guard. @returns how many messages */
  async end(tx: Transaction, person: PersonKey, reason: Reason, at: Date): Promise<number> {
    return this.ending(tx, { ...person, businessId: null, purpose: null, reason, at });
  }

  /** Ends all that one business has queued for a person, under their guard. */
  async endOf(
    tx: Transaction,
    person: PersonKey,
    businessId: string,
    reason: Reason,
    at: Date,
  ): Promise<void> {
    await this.ending(tx, { ...person, businessId, purpose: null, reason, at });
  }

  private async ending(tx: Transaction, ending: EndingHandOffs): Promise<number> {
    const { lane, personId, businessId, purpose, reason, at } = ending;
    const values = [lane, personId, businessId, purpose, reason, at];
    const [queued, waiting] = await Promise.all([
      tx.rows<SuppressedRow>({ name: 'suppress-queued', text: SUPPRESS_QUEUED, values }),
      tx.rows<SuppressedRow>({ name: 'suppress-waiting', text: SUPPRESS_WAITING, values }),
      endHandOffs(tx, ending),
    ]);
    const suppressed = [...queued, ...waiting];
    if (suppressed.length === 0) return 0;
    await appendEvents(
      tx,
      suppressed.map(({ business_id, contact_id, id, seq }) => ({
        businessId: business_id,
        type: 'message.status',
        contact: { lane, id: contact_id },
        messageId: id,
        data: { status: 'SUPPRESSED', reason, seq },
        at,
      })),
    );
    const topics = suppressed.map(({ business_id }) => `business:${business_id}` as const);
    tx.afterCommit(() => this.hints.send(topics));
    return suppressed.length;
  }
}

const COVERED = (alias: string) => `${alias}.lane = $1 AND ${alias}.person_id = $2
  AND ($3::uuid IS NULL OR ${alias}.business_id = $3) AND ($4::purpose IS NULL OR ${alias}.purpose = $4)`;

const SUPPRESS_QUEUED = `UPDATE message m SET status = 'SUPPRESSED', reason = $5, ended_at = $6
  FROM conversation_queue q
  WHERE q.lane = $1 AND q.person_id = $2 AND ${COVERED('m')}
    AND m.contact_id = q.contact_id AND m.seq >= q.next_seq AND m.id >= q.since_id AND m.status = 'ACCEPTED'
  RETURNING m.business_id, m.contact_id, m.id, m.seq`;

/** The conversation stays in the queue until it is due, and then leaves it. */
const SUPPRESS_WAITING = `WITH gone AS (DELETE FROM message_wait w WHERE ${COVERED('w')} RETURNING w.message_id)
  UPDATE message m SET status = 'SUPPRESSED', reason = $5, ended_at = $6
  FROM gone WHERE m.lane = $1 AND m.id = gone.message_id AND m.status = 'ACCEPTED'
  RETURNING m.business_id, m.contact_id, m.id, m.seq`;

interface SuppressedRow {
  business_id: string;
  contact_id: string;
  id: string;
  seq: number;
}
