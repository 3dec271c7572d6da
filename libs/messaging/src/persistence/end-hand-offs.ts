import type { Purpose } from '@assent/consent';
import { NotYet, type PersonKey, type Transaction } from '@assent/platform';
import type { Reason } from '../domain/reasons.js';

const LOOK_AGAIN_MS = 25;

/** Whose hand-offs end, for one business or (null) all, of one purpose or (null) all, and why. */
export interface EndingHandOffs extends PersonKey {
  businessId: string | null;
  purpose: Purpose | null;
  reason: Reason;
  at: Date;
}

/**
 * Ends the hand-offs that wait, in the transaction of a stop, which holds the person's guard: no new one begins. Where one
 * is on its way to a carrier at this moment the stop is not made yet: it lets go of the guard and comes again, for two
 * seconds at most, because until then it would not be true that nothing leaves any more.
 */
export async function endHandOffs(
  tx: Transaction,
  { lane, personId, businessId, purpose, reason, at }: EndingHandOffs,
): Promise<void> {
  const [row] = await tx.rows<{ under_way: boolean }>({
    name: 'end-hand-offs',
    text: `WITH ended AS (
        UPDATE hand_off SET state = 'SUPPRESSED', reason = $5, ended_at = $6
        WHERE ${COVERED} AND state = 'WAITING'
      )
      SELECT EXISTS (
        SELECT FROM hand_off WHERE ${COVERED} AND state = 'HANDING' AND handing_until > (SELECT assent_now())
      ) AS under_way`,
    values: [lane, personId, businessId, purpose, reason, at],
  });
  if (row?.under_way) throw new NotYet(LOOK_AGAIN_MS, 'Something that is to stop is on its way to a carrier');
}

const COVERED = `lane = $1 AND person_id = $2 AND ($3::uuid IS NULL OR business_id = $3)
  AND ($4::purpose IS NULL OR purpose = $4)`;
