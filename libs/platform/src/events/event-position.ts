import { parsePublicId, publicId } from '../ids/ids.js';

/**
 * Where an event stands among those of its business, and so where a reader stands behind it: ordered by transaction, then
 * by id (ADR 7).
 */
export interface EventPosition {
  xid: string;
  id: string;
}

/** Stands before every event of its transaction. */
export const BEFORE_EVENTS = '00000000-0000-0000-0000-000000000000';

/** The public id of an event, `evt_…`: the same everywhere, and a cursor as well. */
export function formatEventId({ xid, id }: EventPosition): string {
  return `${publicId('evt', id)}-${xid}`;
}

/** The position that a public id names, or undefined where it is none. */
export function parseEventId(text: string): EventPosition | undefined {
  const [head = '', xid = '', ...more] = text.split('-');
  const id = parsePublicId('evt', head);
  return id && more.length === 0 && isXid(xid) ? { xid, id } : undefined;
}

/** Whether a text is a transaction id of PostgreSQL: 64 bits. */
function isXid(text: string): boolean {
  return /^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n;
}
