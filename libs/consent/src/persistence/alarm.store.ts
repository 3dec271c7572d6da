import { Injectable } from '@nestjs/common';
import type { Transaction } from '@assent/platform';
import type { Difference } from '../domain/replay-ledger.js';

/** A difference that the double check found, and what became of it. */
export interface Alarm extends Difference {
  id: string;
  personId: string;
  foundAt: Date;
  resolvedAt: Date | null;
  /** The admin who resolved it. */
  resolvedBy: string | null;
  note: string | null;
}

interface AlarmRow {
  id: string;
  person_id: string;
  kind: Alarm['kind'];
  detail: string;
  found_at: Date;
  resolved_at: Date | null;
  resolved_by: string | null;
  note: string | null;
}

const COLUMNS = 'id, person_id, kind, detail, found_at, resolved_at, resolved_by, note';

/** Alarms of the double check, for the operator's staff; in the role `admin`. */
@Injectable()
export class AlarmStore {
  /** Newest first, before one; with `open` those that nobody has resolved. */
  async page(tx: Transaction, open: boolean, before: string | null, limit: number): Promise<Alarm[]> {
    const rows = await tx.rows<AlarmRow>({
      text: `SELECT ${COLUMNS} FROM consent_alarm
        WHERE ($1::uuid IS NULL OR id < $1) AND (NOT $2 OR resolved_at IS NULL) ORDER BY id DESC LIMIT $3`,
      values: [before, open, limit],
    });
    return rows.map(toAlarm);
  }

  /** Of two admins who resolve one at the same time, the first one has. @returns the alarm; undefined where it is not open */
  async resolve(tx: Transaction, id: string, by: string, note: string): Promise<Alarm | undefined> {
    const [row] = await tx.rows<AlarmRow>({
      text: `UPDATE consent_alarm SET resolved_at = (SELECT assent_now()), resolved_by = $2, note = $3
        WHERE id = $1 AND resolved_at IS NULL RETURNING ${COLUMNS}`,
      values: [id, by, note],
    });
    return row && toAlarm(row);
  }

  async exists(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.rows({ text: 'SELECT FROM consent_alarm WHERE id = $1', values: [id] })).length > 0;
  }
}

function toAlarm(row: AlarmRow): Alarm {
  return {
    id: row.id,
    personId: row.person_id,
    kind: row.kind,
    detail: row.detail,
    foundAt: row.found_at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
    note: row.note,
  };
}
