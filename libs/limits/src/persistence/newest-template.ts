/** A message may have waited while later ones became visible: so many of the latest are looked at. */
const LATEST = 20;

/**
 * SQL of the template whose message was the newest that a conversation had shown at a time; NULL where that message was
 * in free words, or there was none. By the index of a conversation's messages, however long it is.
 */
export function newestTemplate(lane: string, contactId: string, at: string): string {
  return `(SELECT latest.template_id FROM (
      SELECT m.template_id, m.dispatched_at FROM message m
      WHERE m.lane = ${lane} AND m.contact_id = ${contactId} AND m.direction = 'OUTBOUND' AND m.dispatched_at <= ${at}
      ORDER BY m.seq DESC LIMIT ${LATEST}
    ) latest ORDER BY latest.dispatched_at DESC LIMIT 1)`;
}
