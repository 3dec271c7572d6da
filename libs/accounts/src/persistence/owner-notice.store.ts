import { Injectable } from '@nestjs/common';
import { type Transaction, uuid7 } from '@assent/platform';
import type { OwnerNotice } from '../adapters/mailer.js';

/** A notice that was not mailed yet. */
export interface WaitingNotice extends OwnerNotice {
  id: string;
  businessId: string;
}

/** Whom nobody could tell of something for so long is not told any more: the API still says it. */
const MOST_AGE = '7 days';

/** Notices to owners that are to be mailed. */
@Injectable()
export class OwnerNoticeStore {
  /** In the transaction of what it tells of, as engine, admin or the business itself. */
  async add(tx: Transaction, businessId: string, { subject, text }: OwnerNotice): Promise<void> {
    const now = await tx.now();
    await tx.run({
      text: `INSERT INTO owner_notice (id, business_id, subject, text, made_at, due_at) VALUES ($1, $2, $3, $4, $5, $5)`,
      values: [uuid7(now.getTime()), businessId, subject, text, now],
    });
  }

  /** Takes the one that is due longest; if it is not taken off, somebody takes it again 5 minutes later. */
  async take(tx: Transaction): Promise<WaitingNotice | undefined> {
    const [notice] = await tx.rows<WaitingNotice>({
      text: `UPDATE owner_notice SET due_at = (SELECT assent_now()) + interval '5 minutes'
        WHERE id = (
          SELECT id FROM owner_notice WHERE due_at <= (SELECT assent_now()) ORDER BY due_at, id LIMIT 1
          FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id, business_id AS "businessId", subject, text`,
    });
    return notice;
  }

  async takeOff(tx: Transaction, id: string): Promise<void> {
    await tx.run({ text: 'DELETE FROM owner_notice WHERE id = $1', values: [id] });
  }

  async forget(tx: Transaction): Promise<void> {
    await tx.run({
      text: `DELETE FROM owner_notice WHERE made_at < (SELECT assent_now()) - interval '${MOST_AGE}'`,
    });
  }
}
