import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Encounter } from './consent.store.js';
import { EVENT, type EventRow, type LedgerEntry, toEntry } from './sealed-event.js';

/** A page of what happened between a person and a business. */
export interface AskedHistory extends Encounter {
  /** Id of the event before the page; null: the newest. */
  before: string | null;
  limit: number;
}

/** What of people's ledgers concerns one business: the events that name it, and no others. */
@Injectable()
export class ContactHistoryStore {
  /** The pages in order, each newest first, in one statement; in the role `engine`. */
  async pages(tx: Transaction, asked: readonly AskedHistory[]): Promise<LedgerEntry[][]> {
    const rows = await tx.rows<EventRow & { nr: number }>({
      text: `SELECT asked.nr, e.* FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[])
          WITH ORDINALITY AS asked (lane, person_id, business_id, before, most, nr)
        CROSS JOIN LATERAL (
          SELECT ${EVENT} FROM consent_event
          WHERE lane = asked.lane AND person_id = asked.person_id AND business_id = asked.business_id
            AND (asked.before IS NULL OR id < asked.before)
          ORDER BY id DESC LIMIT asked.most
        ) e ORDER BY asked.nr, e.id DESC`,
      values: [
        asked.map(({ lane }) => lane),
        asked.map(({ personId }) => personId),
        asked.map(({ businessId }) => businessId),
        asked.map(({ before }) => before),
        asked.map(({ limit }) => limit),
      ],
    });
    const pages = asked.map((): LedgerEntry[] => []);
    for (const { nr, ...row } of rows) pages[nr - 1]?.push(toEntry(asked[nr - 1]?.personId ?? '', row));
    return pages;
  }
}
