import type { Statement } from '@assent/platform';
import type { MessagePurpose } from '../domain/message.js';

/** How long a worker may hold a conversation before others take it. */
const LEASE = '30 seconds';
/** Businesses that a claim looks at, of one priority: so many index look-ups, however many have something queued. */
const MOST_BUSINESSES = 64;
/** Before every business: where the circle of businesses begins. */
export const START = '00000000-0000-0000-0000-000000000000';
const LEGS = [1, 2, 3];

/** A row of a claim; where nothing was claimed there is one that holds nothing but where it got. */
export interface ClaimRow {
  lane: number | null;
  person_id: string;
  contact_id: string;
  fence: number;
  /** The business that was looked at last, of each priority in the order asked for. */
  reached: string[];
  /** Whether something is due, and not every business was looked at. */
  more: boolean;
}

/**
 * Claims up to `limit` due conversations under a lease: those of the first priority, then of the others, in the order given.
 *
 * Of one priority it goes round the businesses that have something queued, from behind the one that the claim before
 * reached, each found by one look-up in the index (priority, business, due): so a business costs the same whether it has one
 * conversation queued or a million. Those with something due get equal parts of what is left of the claim, and in each the
 * conversation that has been due longest goes first.
 *
 * Locks nothing but the rows it claims, waits for none (SKIP LOCKED), and asks nothing more where nothing is due. They are
 * found again by their places, which the lock keeps: a join by key could be planned while the queue is known to be empty, with the
 * whole of it outside, and would be kept once it is long.
 */
export function claimConversations(
  limit: number,
  order: readonly MessagePurpose[],
  after: readonly string[],
): Statement {
  return {
    name: 'queue-claim',
    text: `WITH RECURSIVE now AS MATERIALIZED (SELECT assent_now() AS at),
      due AS MATERIALIZED (
        SELECT FROM conversation_queue q WHERE ${IS_DUE} AND q.lane >= 0 ORDER BY q.due_at LIMIT 1
      ),
      ${LEGS.map(legOf).join(',\n')},
      claimed AS (
        UPDATE conversation_queue q
        SET lease_until = (SELECT at FROM now) + interval '${LEASE}', fence = q.fence + 1
        WHERE q.ctid = ANY (ARRAY(${LEGS.map((leg) => `SELECT place FROM taken_${leg}`).join(' UNION ALL ')}))
        RETURNING q.lane, q.person_id, q.contact_id, q.fence
      )
      SELECT claimed.lane, claimed.person_id, claimed.contact_id, claimed.fence, round.reached, round.more
      FROM (
        SELECT ARRAY[${LEGS.map((leg) => `(SELECT business_id FROM walk_${leg} ORDER BY nr DESC LIMIT 1)`).join(', ')}] AS reached,
          EXISTS (SELECT FROM due) AND (${LEGS.map((leg) => `(SELECT max(nr) >= (SELECT businesses FROM room_${leg}) FROM walk_${leg})`).join(' OR ')}) AS more
      ) round LEFT JOIN claimed ON true`,
    values: [limit, ...order, ...after],
  };
}

const IS_DUE = `q.parked_at IS NULL AND q.due_at <= (SELECT at FROM now)
  AND (q.lease_until IS NULL OR q.lease_until <= (SELECT at FROM now))`;

/**
 * The whole order of the index, though priority and business are given: behind row-level security the planner takes a comparison of
 * enums for no reason to leave the priority out of an order, and would sort.
 */
const IN_ORDER = 'ORDER BY q.priority, q.business_id, q.due_at';

/** What the claim takes of the priority that is asked for as the first, second or third one. */
function legOf(leg: number): string {
  const [priority, after] = [`$${leg + 1}::purpose`, `$${leg + 4}::uuid`];
  const taken = LEGS.filter((earlier) => earlier < leg).map(
    (earlier) => ` - (SELECT count(*) FROM taken_${earlier})`,
  );
  const queued = `conversation_queue q WHERE q.parked_at IS NULL AND q.priority = ${priority}`;
  return `room_${leg} AS MATERIALIZED (
        SELECT room, least(${MOST_BUSINESSES}, room) AS businesses FROM (SELECT $1::int${taken.join('')}) of_all (room)
      ),
      walk_${leg} AS (
        SELECT ${after} AS business_id, false AS round_again, 0 AS nr
        UNION ALL
        SELECT next.business_id, next.round_again, walk.nr + 1
        FROM walk_${leg} walk CROSS JOIN LATERAL (
          (SELECT q.business_id, walk.round_again FROM ${queued} AND q.business_id > walk.business_id
            AND (NOT walk.round_again OR q.business_id <= ${after}) ${IN_ORDER} LIMIT 1)
          UNION ALL
          (SELECT q.business_id, true FROM ${queued} AND NOT walk.round_again AND q.business_id <= ${after}
            ${IN_ORDER} LIMIT 1)
          LIMIT 1
        ) next (business_id, round_again)
        WHERE walk.nr < (SELECT businesses FROM room_${leg}) AND EXISTS (SELECT FROM due)
      ),
      turn_${leg} AS MATERIALIZED (
        SELECT walk.business_id FROM walk_${leg} walk CROSS JOIN LATERAL (
          SELECT FROM ${queued} AND q.business_id = walk.business_id AND ${IS_DUE} ${IN_ORDER} LIMIT 1
        ) any_due
        WHERE walk.nr > 0
      ),
      taken_${leg} AS MATERIALIZED (
        SELECT of_one.* FROM turn_${leg} CROSS JOIN LATERAL (
          SELECT q.ctid AS place FROM ${queued} AND q.business_id = turn_${leg}.business_id AND ${IS_DUE}
          ${IN_ORDER}
          LIMIT (SELECT room FROM room_${leg}) / (SELECT count(*) FROM turn_${leg}) FOR UPDATE SKIP LOCKED
        ) of_one
      )`;
}
