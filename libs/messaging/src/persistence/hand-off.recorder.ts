import { Injectable } from '@nestjs/common';
import type { CarrierName } from '@assent/carriers';
import { lookUp, type Transaction } from '@assent/platform';
import type { HandOffOutcome, HandOffPlan } from '../domain/hand-off.js';

/** How long something may be on its way to a carrier: a stop waits for no longer than this. */
export const HANDING_MS = 2_000;
/** Not ended yet. */
export const IS_OPEN = `h.state IN ('WAITING', 'HANDING')`;
/** After so long others take a hand-off whose worker never noted what came of it. */
const ABANDONED = '15 seconds';
/** For so long what became of hand-offs is kept. */
const KEPT = '30 days';

/** Which hand-off of a carrier, in whose hold. */
export interface HeldHandOff {
  lane: number;
  messageId: string;
  fence: number;
}

/** Writes what is to become of hand-offs, and what did; in the role `engine`. */
@Injectable()
export class HandOffRecorder {
  /**
   * Records what was decided, in the transaction that holds the guards. From its commit on those that are HANDING may
   * leave, until `handing_until` by the database's clock at this statement: whoever hands over counts from before it.
   */
  async begin(
    tx: Transaction,
    carrier: CarrierName,
    planned: readonly { handOff: HeldHandOff; plan: HandOffPlan }[],
  ): Promise<void> {
    await this.write(tx, carrier, 'hand-off-begin', planned);
  }

  /** Records what came of those that were handed over; nothing where somebody else holds one by now. */
  async note(
    tx: Transaction,
    carrier: CarrierName,
    noted: readonly { handOff: HeldHandOff; plan: HandOffOutcome; partsSent: number }[],
  ): Promise<void> {
    await this.write(tx, carrier, 'hand-off-note', noted);
  }

  /** Ends what nobody took in time, however dead its carrier is, and forgets what ended long ago. */
  async sweep(tx: Transaction): Promise<void> {
    await Promise.all([
      tx.run({
        text: `UPDATE hand_off SET state = 'FAILED', reason = 'EXPIRED', ended_at = (SELECT assent_now())
          WHERE state = 'WAITING' AND give_up_at < (SELECT assent_now())`,
      }),
      tx.run({
        text: `DELETE FROM hand_off WHERE ended_at < (SELECT assent_now()) - interval '${KEPT}'
          OR (carrier = 'PUSH' AND ended_at IS NOT NULL)`,
      }),
    ]);
  }

  /**
   * One row each, all of them in the order of their keys. Waking an app leaves nothing behind that anybody asks for: those
   * rows go.
   */
  private async write(
    tx: Transaction,
    carrier: CarrierName,
    name: string,
    writes: readonly { handOff: HeldHandOff; plan: HandOffPlan | HandOffOutcome; partsSent?: number }[],
  ): Promise<void> {
    await tx.run({
      name,
      text: `WITH planned AS (
          SELECT h.place, t.state, t.reason, t.until, t.parts
          FROM (
            SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[], $8::smallint[])
              AS t (lane, message_id, fence, state, reason, until, parts)
            ORDER BY lane, message_id
          ) t
          ${lookUp('hand_off', 'h', `h.lane = t.lane AND h.message_id = t.message_id AND h.carrier = $1 AND h.fence = t.fence AND ${IS_OPEN}`, 'FOR NO KEY UPDATE')}
        ), over AS (
          DELETE FROM hand_off h USING planned p WHERE $1 = 'PUSH' AND p.state NOT IN ('WAITING', 'HANDING')
            AND h.ctid = p.place
        )
        UPDATE hand_off h SET state = p.state, reason = p.reason, parts_sent = h.parts_sent + coalesce(p.parts, 0),
          attempts = h.attempts + (p.state = 'HANDING')::int,
          handing_until = CASE WHEN p.state = 'HANDING' THEN (SELECT assent_now()) + interval '${HANDING_MS} milliseconds' END,
          due_at = CASE p.state WHEN 'HANDING' THEN (SELECT assent_now()) + interval '${ABANDONED}'
            WHEN 'WAITING' THEN p.until ELSE h.due_at END,
          handed_at = CASE WHEN p.state = 'HANDED' THEN (SELECT assent_now()) ELSE h.handed_at END,
          ended_at = CASE WHEN p.state NOT IN ('WAITING', 'HANDING') THEN (SELECT assent_now()) END
        FROM planned p
        WHERE NOT ($1 = 'PUSH' AND p.state NOT IN ('WAITING', 'HANDING')) AND h.ctid = p.place`,
      values: [
        carrier,
        writes.map(({ handOff }) => handOff.lane),
        writes.map(({ handOff }) => handOff.messageId),
        writes.map(({ handOff }) => handOff.fence),
        writes.map(({ plan }) => plan.to),
        writes.map(({ plan }) => ('reason' in plan ? plan.reason : null)),
        writes.map(({ plan }) => ('until' in plan ? plan.until : null)),
        writes.map(({ partsSent = 0 }) => partsSent),
      ],
    });
  }
}
