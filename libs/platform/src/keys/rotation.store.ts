import type { Transaction } from '../database/database.js';
import type { Resealed } from './sealed-column.js';

/** How far each place is sealed anew; written in the transaction of each step, so a rotation that is killed goes on there. */
export class RotationStore {
  /** Begins a pass of a place, unless one with this version is under way. */
  async begin(tx: Transaction, place: string, version: number): Promise<void> {
    await tx.run({
      text: `INSERT INTO key_rotation AS r (place, version) VALUES ($1, $2)
        ON CONFLICT (place) DO UPDATE SET version = excluded.version, after = NULL, looked = 0, resealed = 0,
          unreadable = 0, done_at = NULL
        WHERE r.version <> excluded.version OR r.done_at IS NOT NULL`,
      values: [place, version],
    });
  }

  /** Locks a place, so that two rotations take turns, and answers where the last step ended: null at the beginning. */
  async lock(tx: Transaction, place: string): Promise<{ after: string[] | null; done: boolean }> {
    const [row] = await tx.rows<{ after: string[] | null; done: boolean }>({
      text: 'SELECT after, done_at IS NOT NULL AS done FROM key_rotation WHERE place = $1 FOR UPDATE',
      values: [place],
    });
    if (!row) throw new Error(`No pass of ${place} was begun`);
    return row;
  }

  /** Notes what a step did. */
  async note(tx: Transaction, place: string, after: string[] | null, step: Resealed): Promise<void> {
    await tx.run({
      text: `UPDATE key_rotation SET after = coalesce($2, after), looked = looked + $3, resealed = resealed + $4,
          unreadable = unreadable + $5, done_at = CASE WHEN $6 THEN assent_now() END WHERE place = $1`,
      values: [place, after, step.looked, step.resealed, step.unreadable, step.done],
    });
  }
}
