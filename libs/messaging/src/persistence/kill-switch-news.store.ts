import { Injectable } from '@nestjs/common';
import type { CarrierName } from '@assent/carriers';
import type { Transaction } from '@assent/platform';
import type { KillSwitchKind } from '../domain/kill-switch.js';

/** What is still to be told of one kill switch, and what it says. */
export interface SwitchNews {
  switchId: string;
  news: 'SET' | 'LIFTED';
  at: Date;
  /** The last business that was told; null: none was. */
  toldTo: string | null;
  kind: KillSwitchKind;
  businessId: string | null;
  templateId: string | null;
  carrier: CarrierName | null;
  reason: string;
  endsAt: Date | null;
  endReason: string | null;
}

/** Of whom kill switches are news; in the role `engine`. */
@Injectable()
export class KillSwitchNewsStore {
  /** The oldest; undefined: there are none, or another worker is at them. Held until the end of the transaction. */
  async take(tx: Transaction): Promise<SwitchNews | undefined> {
    const [lock] = await tx.rows<{ taken: boolean }>({
      text: `SELECT pg_try_advisory_xact_lock(hashtext('assent_kill_switch_news')) AS taken`,
    });
    if (!lock?.taken) return undefined;
    const [news] = await tx.rows<SwitchNews & Record<string, unknown>>({
      text: `SELECT t.switch_id AS "switchId", t.news, t.at, t.told_to AS "toldTo", k.kind, k.business_id AS "businessId",
          k.template_id AS "templateId", k.carrier, k.reason, k.ends_at AS "endsAt", k.end_reason AS "endReason"
        FROM kill_switch_telling t JOIN kill_switch k ON k.id = t.switch_id
        ORDER BY t.at, t.news LIMIT 1`,
    });
    return news;
  }

  /**
   * The next businesses that it concerns, by id: the one that it is of; all that have templates of marketing, where that is what
   * is off; all that may send, where it is the carrier that brings them their people's SMS. That apps are woken is no business's affair.
   */
  async concerned(
    tx: Transaction,
    { kind, businessId, carrier, toldTo }: SwitchNews,
    limit: number,
  ): Promise<string[]> {
    if (carrier === 'PUSH') return [];
    const marketing = `EXISTS (SELECT FROM template t WHERE t.business_id = b.id AND t.purpose = 'MARKETING')`;
    const which = businessId
      ? 'b.id = $2'
      : `$2::uuid IS NULL AND b.status = 'VERIFIED' AND b.sandbox_of IS NULL${kind === 'MARKETING' ? ` AND ${marketing}` : ''}`;
    const rows = await tx.rows<{ id: string }>({
      text: `SELECT b.id FROM business b WHERE ($1::uuid IS NULL OR b.id > $1) AND ${which} ORDER BY b.id LIMIT $3`,
      values: [toldTo, businessId, limit],
    });
    return rows.map(({ id }) => id);
  }

  /** Notes how far it was told; null: to everybody. */
  async told(tx: Transaction, { switchId, news }: SwitchNews, to: string | null): Promise<void> {
    await tx.run({
      text: to
        ? 'UPDATE kill_switch_telling SET told_to = $3 WHERE switch_id = $1 AND news = $2'
        : 'DELETE FROM kill_switch_telling WHERE switch_id = $1 AND news = $2',
      values: [switchId, news, ...(to ? [to] : [])],
    });
  }
}
