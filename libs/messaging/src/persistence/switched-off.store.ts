import { Injectable } from '@nestjs/common';
import type { CarrierName } from '@assent/carriers';
import type { Statement, Transaction } from '@assent/platform';
import { type KillSwitchKind, SWITCHED_OFF } from '../domain/kill-switch.js';
import { type Held, HeldStore } from './held.store.js';

interface EndedRow {
  id: string;
  kind: KillSwitchKind;
  business_id: string | null;
  template_id: string | null;
  carrier: CarrierName | null;
}

/** What waits for the end of kill switches; in the role `engine`. */
@Injectable()
export class SwitchedOffStore {
  constructor(private readonly held: HeldStore) {}

  /**
   * Lets some of what the longest ended switch held be decided again at once, and notes when that was all: no decision after its
   * end held anything more. What another switch covers as well waits for that one then.
   *
   * @returns how many, or `limit` where there may be more to do
   */
  async release(tx: Transaction, limit: number): Promise<number> {
    const [ended] = await tx.rows<EndedRow & Record<string, unknown>>({
      text: `SELECT id, kind, business_id, template_id, carrier FROM kill_switch
        WHERE ended_at IS NOT NULL AND released_at IS NULL ORDER BY ended_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    });
    if (!ended) return 0;
    const messages =
      ended.kind === 'CARRIER' ? [] : await tx.rows<Held & Record<string, unknown>>(messagesOf(ended, limit));
    // Guards of people come before rows of hand-offs, as in a stop.
    await this.held.letGo(tx, messages);
    const handOffs = await tx.run(letHandOffsGo(ended, limit));
    if (messages.length < limit && handOffs < limit) {
      await tx.run({
        text: 'UPDATE kill_switch SET released_at = (SELECT assent_now()) WHERE id = $1',
        values: [ended.id],
      });
    }
    return limit;
  }
}

/** Ones of the reason, written out as the indexes have it. */
const held = (kind: KillSwitchKind, table: string) =>
  `${table}.reason = '${SWITCHED_OFF[kind]}' AND ($1::uuid IS NULL OR ${table}.business_id = $1)`;

function messagesOf({ kind, business_id, template_id }: EndedRow, limit: number): Statement {
  return {
    text: `SELECT w.lane, w.message_id, w.person_id, w.contact_id FROM message_wait w
      WHERE ${held(kind, 'w')} AND ($2::uuid IS NULL OR w.template_id = $2) AND w.until > (SELECT assent_now())
      LIMIT $3`,
    values: [business_id, template_id, limit],
  };
}

/** Their rows only: whoever hands one over takes the guard of its person, and decides again. */
function letHandOffsGo({ kind, business_id, template_id, carrier }: EndedRow, limit: number): Statement {
  return {
    text: `WITH held AS (
        SELECT h.lane, h.message_id, h.carrier FROM hand_off h
        WHERE h.state = 'WAITING' AND ${held(kind, 'h')} AND h.due_at > (SELECT assent_now())
          AND ($2::text IS NULL OR h.carrier = $2)
          AND ($3::uuid IS NULL OR EXISTS (
            SELECT FROM message m WHERE m.lane = h.lane AND m.id = h.message_id AND m.template_id = $3))
        ORDER BY h.lane, h.message_id LIMIT $4 FOR NO KEY UPDATE
      )
      UPDATE hand_off h SET due_at = (SELECT assent_now()) FROM held
      WHERE h.lane = held.lane AND h.message_id = held.message_id AND h.carrier = held.carrier`,
    values: [business_id, carrier, template_id, limit],
  };
}
