import { Injectable } from '@nestjs/common';
import { Database, LOOK_UPS, lookUp, unseen } from '@assent/platform';
import type { MessagePurpose } from '../domain/message.js';
import { orderOfClaim } from '../domain/turns.js';
import { claimConversations, type ClaimRow, START } from './claim-conversations.js';

/** After so many tries in a row that failed for a reason of its own a conversation is parked for an admin. */
const MOST_ATTEMPTS = 8;

const IS_LAST = `q.attempts + 1 >= ${MOST_ATTEMPTS}`;
const claimed = (lock: string) =>
  `unnest(${unseen(1, 'smallint')}, ${unseen(2, 'uuid')}, ${unseen(3, 'uuid')}, ${unseen(4, 'bigint')}) AS claim (lane, person_id, contact_id, fence)
  ${lookUp('conversation_queue', 'q', 'q.lane = claim.lane AND q.person_id = claim.person_id AND q.contact_id = claim.contact_id AND q.fence = claim.fence', lock)}`;
/** Claims that still hold, of `claimColumns`: nobody has taken the conversation over. */
export const CLAIMED = claimed('');
/** And that nobody can take over before the end of the transaction. */
export const CLAIMED_LOCKED = claimed('FOR NO KEY UPDATE');

/** A conversation that this worker holds; `fence` is checked at every write. */
export interface Claim {
  lane: number;
  personId: string;
  contactId: string;
  fence: number;
}

/** What a claim got, and whether there is more that is due. */
export interface Claimed {
  claims: Claim[];
  more: boolean;
}

/** The queue of conversations with something to dispatch. */
@Injectable()
export class QueueStore {
  private claims = 0;
  /** Which business was looked at last, of each priority. A hint: without it the circle begins anew. */
  private readonly reached = new Map<MessagePurpose, string>();

  constructor(private readonly database: Database) {}

  /**
   * Claims up to `limit` due conversations under a lease, by priority and each business in its turn. The claim commits
   * without waiting for the disk: one that a crash forgets is simply claimed again. What is due first is read from an index: a
   * plan that sorts is right while the queue is short, and would be kept.
   */
  async claim(limit: number): Promise<Claimed> {
    const order = orderOfClaim(this.claims++);
    const after = order.map((priority) => this.reached.get(priority) ?? START);
    const rows = await this.database.transaction(LOOK_UPS, async (tx) => {
      const [, , rows] = await Promise.all([
        tx.run({ text: 'SET LOCAL synchronous_commit = off' }),
        tx.run({ text: 'SET LOCAL enable_sort = off' }),
        tx.rows<ClaimRow>(claimConversations(limit, order, after)),
      ]);
      return rows;
    });
    order.forEach((priority, at) => this.reached.set(priority, rows[0]?.reached[at] ?? START));
    return {
      claims: rows.flatMap(({ lane, person_id, contact_id, fence }) =>
        lane === null ? [] : [{ lane, personId: person_id, contactId: contact_id, fence }],
      ),
      more: rows[0]?.more ?? false,
    };
  }

  /**
   * Puts a conversation back after its dispatch failed: later by 1 s, 2 s, 4 s … up to 5 min, with jitter; after 8
   * tries it is parked, under this id and with this code. Does nothing when another worker holds it by now.
   */
  async putBack(claim: Claim, parked: { id: string; code: string }): Promise<void> {
    await this.database.rows(
      { role: 'engine' },
      {
        text: `UPDATE conversation_queue q SET lease_until = NULL, attempts = q.attempts + 1,
            due_at = (SELECT assent_now())
              + least(interval '5 minutes', interval '1 second' * 2 ^ q.attempts) * (0.75 + random() / 2),
            parked_at = CASE WHEN ${IS_LAST} THEN (SELECT assent_now()) END,
            parked_id = CASE WHEN ${IS_LAST} THEN $5::uuid END, parked_code = CASE WHEN ${IS_LAST} THEN $6 END
          FROM (SELECT q.place FROM ${CLAIMED_LOCKED}) held WHERE q.ctid = held.place`,
        values: [...claimColumns([claim]), parked.id, parked.code],
      },
    );
  }

  /** Puts conversations back that an outage kept from being dispatched: within 10 s, and as if they had not been tried. */
  async giveBack(claims: readonly Claim[]): Promise<void> {
    await this.database.rows(
      { role: 'engine' },
      {
        text: `UPDATE conversation_queue q
          SET lease_until = NULL, due_at = (SELECT assent_now()) + interval '10 seconds' * random()
          FROM (SELECT q.place FROM ${CLAIMED_LOCKED}) held WHERE q.ctid = held.place`,
        values: claimColumns(claims),
      },
    );
  }
}

/** Claims, as parallel columns for unnest. */
export function claimColumns(claims: readonly Claim[]): unknown[] {
  return [
    claims.map(({ lane }) => lane),
    claims.map(({ personId }) => personId),
    claims.map(({ contactId }) => contactId),
    claims.map(({ fence }) => fence),
  ];
}
