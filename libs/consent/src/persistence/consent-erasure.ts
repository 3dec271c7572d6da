import { Injectable } from '@nestjs/common';
import type { ErasedPerson, ErasesPerson, StoreErasure, Transaction } from '@assent/platform';

/**
 * A person's ledger, state and notices. The tree over all ledgers stays as it is: it holds hashes only, and with the salt of an
 * event gone its hash says nothing of it. In the role `eraser`.
 */
@Injectable()
export class ConsentErasure implements ErasesPerson {
  /** Events go with their salts, and with them what the log's leaves could be opened with. */
  async end(tx: Transaction, { lane, personId }: ErasedPerson): Promise<StoreErasure[]> {
    const remove = (table: string) =>
      tx.run({ text: `DELETE FROM ${table} WHERE lane = $1 AND person_id = $2`, values: [lane, personId] });
    const [intents, notices, state, events] = await Promise.all([
      remove('stop_intent'),
      remove('person_notice'),
      remove('consent_state'),
      remove('consent_event'),
      remove('consent_alarm'),
    ]);
    return [
      { store: 'consent ledger', what: 'DELETED', rows: events },
      { store: 'consent state', what: 'DELETED', rows: state + intents },
      { store: 'notices', what: 'DELETED', rows: notices },
    ];
  }

  /**
   * Which leaves of the log the events were; noted for the proof, and forgotten with it. It waits for its turn at the
   * log: an extension that is under way may be giving the last events their leaves, of which it takes a turn to know.
   */
  async sweep(
    tx: Transaction,
    { lane, personId, erasureId }: ErasedPerson,
    limit: number,
  ): Promise<StoreErasure[]> {
    const person = [lane, personId];
    const [, , positions] = await Promise.all([
      tx.run({ text: `SELECT pg_advisory_xact_lock(hashtext('assent_consent_log'))` }),
      tx.run({ text: 'DELETE FROM consent_log_queue WHERE lane = $1 AND person_id = $2', values: person }),
      tx.run({
        text: `WITH gone AS (
            DELETE FROM consent_log_position p USING (
              SELECT event_id FROM consent_log_position WHERE lane = $1 AND person_id = $2 LIMIT $4
            ) batch
            WHERE p.lane = $1 AND p.person_id = $2 AND p.event_id = batch.event_id RETURNING p.leaf_index
          )
          INSERT INTO erasure_leaf (lane, erasure_id, leaf_index) SELECT $1, $3, leaf_index FROM gone`,
        values: [...person, erasureId, limit],
      }),
    ]);
    return positions > 0 ? [{ store: 'places in the consent log', what: 'DELETED', rows: positions }] : [];
  }
}
