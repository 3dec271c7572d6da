import { Injectable } from '@nestjs/common';
import { laneOf, type Transaction } from '@assent/platform';
import type { AnnouncedDraft } from '../domain/situation.js';

/** Contacts that a batch names and that belong to the other mode of the business that names them. */
@Injectable()
export class OtherModeStore {
  /**
   * Their ids. Asked only about handles that are no contact in their own mode, so next to never.
   * @param known ids of the contacts of the batch's own mode
   */
  async contacts(
    tx: Transaction,
    batch: readonly AnnouncedDraft[],
    known: ReadonlySet<string>,
  ): Promise<Set<string>> {
    const asked = batch
      .filter(({ contactId }) => contactId === undefined || !known.has(contactId))
      .flatMap(({ inOtherMode }) => inOtherMode ?? []);
    if (asked.length === 0) return new Set();
    const ids = asked.map(({ contactId }) => contactId);
    const rows = await tx.rows<{ id: string }>({
      name: 'send-other-mode',
      text: `SELECT c.id FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]) AS asked (lane, id, business_id)
        JOIN contact c ON c.lane = asked.lane AND c.id = asked.id AND c.business_id = asked.business_id`,
      values: [ids.map(laneOf), ids, asked.map(({ businessId }) => businessId)],
    });
    return new Set(rows.map(({ id }) => id));
  }
}
