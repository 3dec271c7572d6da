import { Injectable } from '@nestjs/common';
import type { CarrierName } from '@assent/carriers';
import { laneOf, type PersonKey, type Transaction } from '@assent/platform';
import type { HandOffState } from '../domain/hand-off.js';

/** What became of handing a message to a carrier, for the person that it is for. */
export interface PersonHandOff {
  messageId: string;
  carrier: CarrierName;
  state: HandOffState;
  reason: string | null;
  handedAt: Date | null;
  deliveredAt: Date | null;
}

/** What became of handing a message to a carrier, for the business that sent it. */
export interface BusinessHandOff {
  messageId: string;
  carrier: CarrierName;
  state: HandOffState;
  reason: string | null;
  /** How often it was tried. */
  attempts: number;
  handedAt: Date | null;
  deliveredAt: Date | null;
}

/** What became of hand-offs, for those whom they concern. */
@Injectable()
export class HandedOffStore {
  /** A person's, by message, behind one; in the role `person`. */
  async ofPerson(
    tx: Transaction,
    { lane, personId }: PersonKey,
    after: PersonHandOff | undefined,
    limit: number,
  ): Promise<PersonHandOff[]> {
    const rows = await tx.rows<{
      message_id: string;
      carrier: CarrierName;
      state: HandOffState;
      reason: string | null;
      handed_at: Date | null;
      delivered_at: Date | null;
    }>({
      text: `SELECT message_id, carrier, state, reason, handed_at, delivered_at FROM hand_off
        WHERE lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR (message_id, carrier) > ($3, $4))
        ORDER BY message_id, carrier LIMIT $5`,
      values: [lane, personId, after?.messageId ?? null, after?.carrier ?? null, limit],
    });
    return rows.map(({ message_id, handed_at, delivered_at, ...row }) => ({
      ...row,
      messageId: message_id,
      handedAt: handed_at,
      deliveredAt: delivered_at,
    }));
  }

  /** Those of some messages, but for the waking of apps; in the role `business`. */
  async ofMessages(tx: Transaction, businessId: string, ids: readonly string[]): Promise<BusinessHandOff[]> {
    const rows = await tx.rows<{
      message_id: string;
      carrier: CarrierName;
      state: HandOffState;
      reason: string | null;
      attempts: number;
      handed_at: Date | null;
      delivered_at: Date | null;
    }>({
      text: `SELECT message_id, carrier, state, reason, attempts, handed_at, delivered_at
        FROM unnest($2::smallint[], $3::uuid[]) AS asked (at_lane, id)
        JOIN hand_off h ON h.lane = asked.at_lane AND h.message_id = asked.id
        WHERE h.business_id = $1 AND h.carrier <> 'PUSH'`,
      values: [businessId, ids.map(laneOf), ids],
    });
    return rows.map(({ message_id, handed_at, delivered_at, ...row }) => ({
      ...row,
      messageId: message_id,
      handedAt: handed_at,
      deliveredAt: delivered_at,
    }));
  }
}
