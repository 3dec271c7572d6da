import { Injectable } from '@nestjs/common';
import type { CarrierReceipt } from '@assent/carriers';
import { appendEvents, KeyRing, lookUp, type Transaction } from '@assent/platform';

/** After so long no receipt comes any more. */
const KEPT = '10 days';

/** A message that was given to a carrier, in as many parts as it has references. */
export interface Referenced {
  lane: number;
  messageId: string;
  references: readonly string[];
}

/** A message whose parts receipts are about. */
export interface ReceiptedMessage {
  lane: number;
  messageId: string;
}

/** What carriers call what they took, and their receipts for it; in the role `engine`. */
@Injectable()
export class CarrierReferenceStore {
  constructor(private readonly keys: KeyRing) {}

  /**
   * Keeps under which names receipts will come, or have come. A carrier that gives a name a second time means the later
   * message by it: receipts for the earlier one say nothing of that.
   */
  async keep(tx: Transaction, carrier: string, messages: readonly Referenced[]): Promise<void> {
    const parts = messages.flatMap(({ references, ...message }) =>
      references.map((reference) => ({ ...message, hash: this.hash(carrier, reference) })),
    );
    if (parts.length === 0) return;
    await tx.run({
      name: 'carrier-reference-keep',
      text: `INSERT INTO carrier_reference AS r (key_hash, lane, message_id, at)
        SELECT DISTINCT ON (hash) hash, lane, message_id, (SELECT assent_now())
        FROM unnest($1::bytea[], $2::smallint[], $3::uuid[]) AS t (hash, lane, message_id) ORDER BY hash
        ON CONFLICT (key_hash) DO UPDATE SET lane = excluded.lane, message_id = excluded.message_id, at = excluded.at,
          status = CASE WHEN r.message_id IS NULL OR r.message_id = excluded.message_id THEN r.status END`,
      values: [
        parts.map(({ hash }) => hash),
        parts.map(({ lane }) => lane),
        parts.map(({ messageId }) => messageId),
      ],
    });
  }

  /**
   * Notes a receipt. What was delivered stays so; a failure gives way to a delivery.
   * @returns the message; undefined where nobody has said yet whose it is
   */
  async receive(
    tx: Transaction,
    carrier: string,
    { reference, status }: CarrierReceipt,
  ): Promise<ReceiptedMessage | undefined> {
    const [row] = await tx.rows<{ lane: number | null; message_id: string | null }>({
      name: 'carrier-reference-receive',
      text: `INSERT INTO carrier_reference AS r (key_hash, status, at) VALUES ($1, $2, (SELECT assent_now()))
        ON CONFLICT (key_hash) DO UPDATE
          SET status = CASE WHEN r.status = 'DELIVERED' THEN r.status ELSE excluded.status END
        RETURNING lane, message_id`,
      values: [this.hash(carrier, reference), status],
    });
    if (!row || row.lane === null || row.message_id === null) return undefined;
    return { lane: row.lane, messageId: row.message_id };
  }

  /**
   * What the receipts so far make of messages: delivered when all parts are, not delivered when one is not. A message
   * becomes DELIVERED by it where no device had it before, and its business is told. The rows of the hand-offs are locked by
   * a statement of their own, in order: two receipts at the same time then see each other.
   * @returns the businesses that were told
   */
  async settle(tx: Transaction, messages: readonly ReceiptedMessage[]): Promise<string[]> {
    if (messages.length === 0) return [];
    const values = [messages.map(({ lane }) => lane), messages.map(({ messageId }) => messageId)];
    const [, delivered, now] = await Promise.all([
      tx.run({ name: 'receipt-lock', text: LOCK, values }),
      tx.rows<DeliveredRow>({ name: 'receipt-settle', text: SETTLE, values }),
      tx.now(),
    ]);
    await appendEvents(
      tx,
      delivered.map((row) => ({
        businessId: row.business_id,
        type: 'message.status',
        contact: { lane: row.lane, id: row.contact_id },
        messageId: row.id,
        data: { status: 'DELIVERED', reason: null, seq: row.seq, by: 'SMS' },
        at: now,
      })),
    );
    return delivered.map(({ business_id }) => business_id);
  }

  async forget(tx: Transaction): Promise<void> {
    await tx.run({
      text: `DELETE FROM carrier_reference WHERE at < (SELECT assent_now()) - interval '${KEPT}'`,
    });
  }

  private hash(carrier: string, reference: string): Buffer {
    return this.keys.mac('carrier-reference', `${carrier}\n${reference}`, 1);
  }
}

interface DeliveredRow {
  lane: number;
  id: string;
  business_id: string;
  contact_id: string;
  seq: number;
}

/** A hand-off of one that was asked for, by whose receipts something may change. */
const smsOf = (lock: string) =>
  lookUp(
    'hand_off',
    'h',
    `h.lane = asked.lane AND h.message_id = asked.message_id AND h.carrier = 'SMS'
      AND (h.state = 'HANDED' OR (h.state = 'FAILED' AND h.reason = 'NOT_DELIVERED'))`,
    lock,
  );

const LOCK = `SELECT FROM (SELECT * FROM unnest($1::smallint[], $2::uuid[]) AS t (lane, message_id) ORDER BY 1, 2) asked
  ${smsOf('FOR NO KEY UPDATE')}`;

const SETTLE = `WITH judged AS (
    SELECT h.place, CASE WHEN count(*) FILTER (WHERE r.status = 'DELIVERED') >= h.parts_sent THEN 'DELIVERED'
        WHEN bool_or(r.status = 'FAILED') THEN 'FAILED' END AS state
    FROM unnest($1::smallint[], $2::uuid[]) AS asked (lane, message_id) ${smsOf('')}
    JOIN carrier_reference r ON r.lane = h.lane AND r.message_id = h.message_id
    GROUP BY h.place, h.parts_sent
  ), moved AS (
    UPDATE hand_off h SET state = j.state, reason = CASE j.state WHEN 'FAILED' THEN 'NOT_DELIVERED' END,
      delivered_at = CASE j.state WHEN 'DELIVERED' THEN (SELECT assent_now()) END
    FROM judged j WHERE h.ctid = j.place AND h.state <> j.state
    RETURNING h.lane, h.message_id, h.state
  )
  UPDATE message m SET status = 'DELIVERED', delivered_at = (SELECT assent_now()), delivered_by = 'SMS'
  FROM moved WHERE moved.state = 'DELIVERED' AND m.lane = moved.lane AND m.id = moved.message_id AND m.status = 'DISPATCHED'
    AND m.contact_id IS NOT NULL
  RETURNING m.lane, m.id, m.business_id, m.contact_id, m.seq`;
